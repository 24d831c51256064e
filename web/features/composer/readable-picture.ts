const JPEG_QUALITY = 0.9

/**
 * A picture as an iPhone takes it (HEIC), made a JPEG where this browser can read it: that saves the server a process and the
 * upload some bytes. Any other file, and one that this browser cannot read, comes back as it is.
 */
export async function readablePicture(file: File): Promise<File> {
  if (!/^image\/hei[cf]/.test(file.type) && !/\.hei[cf]$/i.test(file.name)) return file
  try {
    const picture = await createImageBitmap(file)
    const canvas = new OffscreenCanvas(picture.width, picture.height)
    canvas.getContext('2d')?.drawImage(picture, 0, 0)
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: JPEG_QUALITY })
    return new File([blob], file.name.replace(/\.hei[cf]$/i, '.jpg'), { type: 'image/jpeg' })
  } catch (error) {
    // "InvalidStateError": not a picture that this browser knows.
    if (error instanceof DOMException) return file
    throw error
  }
}
