import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { CoexistPlan, CoexistResult } from './coexist-plan.ts'
import type { LoadPlan, LoadResult } from './plan.ts'
import type { BurstEnd, SendPlan, SendResult } from './send-plan.ts'

/** The loader in its own process, so that its CPU is told apart from the server's. */
export interface LoaderProcess<Result, Over = object> {
  /** Starts the load and gives what it saw. `over` gets what the loader says when all is acknowledged; it goes on when that resolves. */
  go(over: (said: Over) => Promise<void>): Promise<Result>
}

/** Starts the loader, which prepares bodies and signatures, connects and warms up. Resolves when it is ready to go. */
export function startLoader(plan: LoadPlan): Promise<LoaderProcess<LoadResult>> {
  return startProcess<LoadPlan, LoadResult>(new URL('./loader.ts', import.meta.url), plan)
}

/** The same for the loader of `coexist`, which is also the Graph API and a member at the inbox's API. */
export function startCoexistLoader(plan: CoexistPlan): Promise<LoaderProcess<CoexistResult>> {
  return startProcess<CoexistPlan, CoexistResult>(new URL('./coexist-loader.ts', import.meta.url), plan)
}

/** The same for the loader of `send`. */
export function startSendLoader(plan: SendPlan): Promise<LoaderProcess<SendResult, BurstEnd>> {
  return startProcess<SendPlan, SendResult, BurstEnd>(new URL('./send-loader.ts', import.meta.url), plan)
}

async function startProcess<Plan extends object, Result, Over = object>(
  file: URL,
  plan: Plan,
): Promise<LoaderProcess<Result, Over>> {
  const child = fork(fileURLToPath(file), { serialization: 'advanced' })
  const answers = answersOf(child)
  child.send(plan)
  await answers.next()
  return {
    async go(over) {
      child.send({ go: true })
      for (;;) {
        const answer = await answers.next()
        if (!('acked' in answer)) return answer as Result
        await over(answer as Over)
        child.send({ over: true })
      }
    },
  }
}

function answersOf(child: ChildProcess): { next(): Promise<object> } {
  const arrived: object[] = []
  let waiting: { resolve: (answer: object) => void; reject: (error: Error) => void } | null = null
  child.on('message', (answer: object) => {
    if (waiting === null) arrived.push(answer)
    else waiting.resolve(answer)
    waiting = null
  })
  child.on('exit', (code) => waiting?.reject(new Error(`the loader ended with ${code}`)))
  const next = () => {
    const known = arrived.shift()
    if (known !== undefined) return Promise.resolve(known)
    return new Promise<object>((resolve, reject) => {
      waiting = { resolve, reject }
    })
  }
  return { next }
}
