import { useCallback, useEffect, useRef, useState } from 'react'
import type { Upload } from '../../../contract/api/uploads.ts'
import { kindFor, type UploadKind } from '../../../contract/send-limits.ts'
import { type Failure, get, patchBytes, post, remove } from '../../sync/api.ts'
import { uploadFile } from '../../sync/upload-file.ts'
import { declaredType } from './declared-type.ts'

/** A file beside the words that are being written. */
export interface Attachment {
  readonly key: string
  readonly file: File
  readonly kind: UploadKind
  /** Address of its bytes in this browser, to be looked at or listened to. */
  readonly url: string
  readonly received: number
  /** Once it has come up whole. */
  readonly upload: Upload | null
  readonly failure: Failure | null
}

export interface Attachments {
  readonly items: readonly Attachment[]
  /** All have come up, so that they can be sent. */
  readonly ready: boolean
  add(file: File, kind?: UploadKind): void
  /** Takes it away; the server is told to forget it. */
  drop(key: string): void
  /** Tries again, also as something else. */
  again(key: string, kind?: UploadKind): void
  /** They were sent. */
  clear(): void
}

const around = {
  get,
  post,
  patchBytes,
  wait: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
  random: Math.random,
}

/** Files that are attached here; each begins to come up at once. Leaving the page gives up what was not sent. */
export function useAttachments(): Attachments {
  const [items, setItems] = useState<readonly Attachment[]>([])
  const aborts = useRef(new Map<string, AbortController>())
  const urls = useRef(new Set<string>())

  const change = useCallback((key: string, to: Partial<Attachment>) => {
    setItems((before) => before.map((item) => (item.key === key ? { ...item, ...to } : item)))
  }, [])

  const begin = useCallback(
    async ({ key, file, kind }: Pick<Attachment, 'key' | 'file' | 'kind'>) => {
      const abort = new AbortController()
      aborts.current.set(key, abort)
      const asked = { kind, filename: file.name.slice(0, 240) || kind, mimeType: declaredType(file), bytes: file.size }
      const progress = ({ received }: Upload) => change(key, { received })
      const result = await uploadFile(around, file, asked, { signal: abort.signal, progress })
      if (result === null) return
      if (!result.ok) return change(key, { failure: result.failure })
      const upload = result.value
      if (upload.state === 'ready') return change(key, { upload, received: file.size })
      change(key, { failure: { kind: 'refused', code: upload.fault ?? 'file_type', status: 422 } })
    },
    [change],
  )

  useEffect(() => {
    const [running, made] = [aborts.current, urls.current]
    return () => {
      for (const abort of running.values()) abort.abort()
      for (const url of made) URL.revokeObjectURL(url)
    }
  }, [])

  return {
    items,
    ready: items.every((item) => item.upload !== null),
    add(file, kind = kindFor({ mimeType: declaredType(file), bytes: file.size })) {
      const url = URL.createObjectURL(file)
      urls.current.add(url)
      const item = { key: crypto.randomUUID(), file, kind, url, received: 0, upload: null, failure: null }
      setItems((before) => [...before, item])
      void begin(item)
    },
    drop(key) {
      aborts.current.get(key)?.abort()
      const item = items.find((one) => one.key === key)
      if (item?.upload != null) void remove(`/uploads/${item.upload.id}`)
      setItems((before) => before.filter((one) => one.key !== key))
    },
    again(key, kind) {
      const item = items.find((one) => one.key === key)
      if (item === undefined) return
      const next = { ...item, kind: kind ?? item.kind, failure: null, received: 0 }
      change(key, next)
      void begin(next)
    },
    clear: () => setItems([]),
  }
}
