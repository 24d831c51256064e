/** A file for Meta; `blob` may stand for one on the disk. */
export interface MediaFile {
  readonly blob: Blob
  readonly mimeType: string
  readonly filename: string
}
