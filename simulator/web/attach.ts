import type { ActMessage } from '../control-api.ts'
import type { Side } from './bubble.ts'
import { upload } from './control-client.ts'
import { fillIn, type MenuItem, openMenu, trying } from './dialogs.ts'
import { h } from './dom.ts'
import { language, t } from './language.ts'

/** Seeds of generated files. */
const FILE_SEEDS = 400
const SHOP = { latitude: 24.69542, longitude: 46.68357, ar: 'ورد الطائف', en: 'Taif Rose' }
const HOME = { latitude: 24.81402, longitude: 46.64127, ar: 'حي النرجس، الرياض', en: 'An Narjis, Riyadh' }

/** The attachment menu: files of this computer, and samples made by the simulator. `send` sends one message. */
export function openAttachMenu(side: Side, send: (message: ActMessage) => Promise<void>): void {
  const sending = (message: ActMessage) => () => trying(send(message))
  const items: MenuItem[] = [
    { label: t('gallery'), icon: 'image', choose: () => pickFile('image/*,video/*', send) },
    { label: t('file'), icon: 'document', choose: () => pickFile('', send) },
    { label: t('samplePhoto'), icon: 'image', choose: () => trying(samplePhoto(send)) },
    { label: t('samplePhotos'), icon: 'image', choose: () => trying(album(send)) },
    { label: t('sampleVideo'), icon: 'video', choose: sending({ type: 'video', fileSeed: anySeed() }) },
    { label: t('sampleVoice'), icon: 'mic', choose: sending(sampleVoice()) },
    {
      label: t('sampleDocument'),
      icon: 'document',
      choose: sending({
        type: 'document',
        fileSeed: anySeed(),
        filename: language === 'ar' ? 'فاتورة.pdf' : 'invoice.pdf',
      }),
    },
    { label: t('sticker'), icon: 'sticker', choose: sending({ type: 'sticker', fileSeed: anySeed() }) },
    { label: t(side === 'phone' ? 'shopLocation' : 'myLocation'), icon: 'place', choose: sending(place(side)) },
    { label: t('contactCard'), icon: 'person', choose: () => trying(contact(send)) },
  ]
  if (side === 'customer') {
    items.push({ label: `${t('order')}: ${t('orderHint')}`, icon: 'cart', choose: sending(order()) })
    items.push({ label: t('sendPoll'), icon: 'poll', choose: sending({ type: 'unsupported', what: 'poll_creation' }) })
  }
  openMenu(t('attach'), items)
}

/** A generated voice note of some seconds, where there is no microphone. */
export function sampleVoice(): ActMessage {
  return { type: 'audio', fileSeed: anySeed(), voice: true, seconds: 3 + Math.floor(Math.random() * 12) }
}

/** Sends a file as what it is: image, video, audio, else a document. */
export async function sendFile(file: File, send: (message: ActMessage) => Promise<void>, caption = ''): Promise<void> {
  const mediaId = await upload(file, file.name)
  const kind = file.type.split('/')[0]
  if (kind === 'audio') return await send({ type: 'audio', mediaId, voice: false })
  const type = kind === 'image' || kind === 'video' ? kind : 'document'
  await send({ type, mediaId, ...(caption && { caption }), ...(type === 'document' && { filename: file.name }) })
}

function pickFile(accept: string, send: (message: ActMessage) => Promise<void>): void {
  const input = h('input', { type: 'file', accept, multiple: true })
  input.addEventListener('change', () => {
    for (const file of input.files ?? []) trying(sendFile(file, send))
  })
  input.click()
}

async function samplePhoto(send: (message: ActMessage) => Promise<void>): Promise<void> {
  const answer = await fillIn(t('samplePhoto'), [{ name: 'caption', label: t('caption') }], t('send'), t('captionHint'))
  if (answer) await send({ type: 'image', fileSeed: anySeed(), ...(answer.caption && { caption: answer.caption }) })
}

async function album(send: (message: ActMessage) => Promise<void>): Promise<void> {
  const first = anySeed()
  await Promise.all([0, 1, 2, 3].map((index) => send({ type: 'image', fileSeed: first + index })))
}

async function contact(send: (message: ActMessage) => Promise<void>): Promise<void> {
  const answer = await fillIn(
    t('contactCard'),
    [
      { name: 'name', label: t('contactName'), required: true },
      { name: 'phone', label: t('phoneNumber'), required: true, ltr: true },
    ],
    t('send'),
  )
  if (answer) await send({ type: 'contacts', name: answer.name ?? '', phone: (answer.phone ?? '').replace(/\D/g, '') })
}

function place(side: Side): ActMessage {
  const { latitude, longitude } = side === 'phone' ? SHOP : HOME
  return side === 'phone'
    ? { type: 'location', latitude, longitude, name: SHOP[language] }
    : { type: 'location', latitude, longitude, address: HOME[language] }
}

function order(): ActMessage {
  const items = [
    { productId: 'TR-101', quantity: 1, price: 420, currency: 'SAR' },
    { productId: 'TR-302', quantity: 2, price: 120, currency: 'SAR' },
  ]
  return { type: 'order', catalogId: '734920183650271', items }
}

function anySeed(): number {
  return 1 + Math.floor(Math.random() * FILE_SEEDS)
}
