import type { SampleAnswer } from '../../../contract/api/templates.ts'
import type { ApiError } from '../../../contract/error-codes.ts'
import type { Result } from '../../sync/api.ts'

/** Uploads a file for a header and tells how much of it has gone, from 0 to 100. `fetch` tells nothing of that. */
export function uploadFile(file: File, onProgress: (percent: number) => void): Promise<Result<SampleAnswer>> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.open('POST', `/api/v1/templates/samples?fileName=${encodeURIComponent(file.name.slice(0, 200))}`)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.responseType = 'json'
    request.upload.onprogress = (event) => event.total > 0 && onProgress((event.loaded / event.total) * 100)
    request.onerror = () => resolve({ ok: false, failure: { kind: 'unreachable' } })
    request.onload = () => {
      const answer = request.response as SampleAnswer | ApiError | null
      if (answer !== null && 'id' in answer) return resolve({ ok: true, value: answer })
      const code = answer !== null && 'error' in answer ? answer.error.code : 'internal'
      resolve({ ok: false, failure: { kind: 'refused', code, status: request.status } })
    }
    request.send(file)
  })
}
