import { expect, test } from 'vitest'
import { openGraph } from '../../server/whatsapp/client.ts'
import { composeMessage } from '../../server/whatsapp/compose.ts'
import { freePorts } from '../rig/free-ports.ts'
import { startGraphStandin, type TakenSend } from './graph-standin.ts'

test('takes what Wasl sends, gives each message a wamid of its own, and tells what it took', async () => {
  const [port] = (await freePorts(1)) as [number]
  const taken: TakenSend[] = []
  const standin = await startGraphStandin(port, (send) => taken.push(send))
  const graph = openGraph({ baseUrl: `http://127.0.0.1:${port}` })
  const send = (body: string) => {
    const recipient = { phone: '966501112233', userId: null }
    const composed = composeMessage({
      recipient,
      content: { type: 'text', body },
      mediaId: null,
      quote: null,
      callbackData: 'row-1',
    })
    return graph.sendMessage('token', '106540352242922', composed.ok ? composed.body : null)
  }
  const answers = await Promise.all([send('أهلا'), send('Hello')])
  const wamids = answers.map((answer) => (answer.kind === 'ok' ? answer.value.wamid : answer))
  await expect.poll(() => taken.length).toBe(2)
  expect(new Set(wamids).size).toBe(2)
  expect(new Set(taken.map((one) => one.wamid))).toEqual(new Set(wamids))
  expect(taken.find((one) => one.body === 'أهلا')).toMatchObject({
    phoneNumberId: '106540352242922',
    phone: '966501112233',
    callbackData: 'row-1',
  })
  await expect(graph.readNumber('token', '106540352242922')).resolves.toMatchObject({
    kind: 'ok',
    value: { isOnBizApp: true, platformType: 'CLOUD_API' },
  })
  await standin.close()
})
