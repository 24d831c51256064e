/**
 * What a file says it is. Where the system does not know iPhones' pictures (HEIC), the browser says nothing: the name does.
 * The server looks at the bytes whatever is said here, and makes a JPEG of them.
 */
export function declaredType({ name, type }: Pick<File, 'name' | 'type'>): string {
  return type === '' && /\.hei[cf]$/i.test(name) ? 'image/heic' : type
}
