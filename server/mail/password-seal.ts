/** Seals and opens the mail server's password; sealed bytes belong to their workspace's row and open nowhere else. */
export function passwordSeal(sealer: {
  seal(plain: string, context: string): Buffer
  open(sealed: Buffer, context: string): string
}) {
  const context = (workspaceId: string) => `mail_settings:password:${workspaceId}`
  return {
    sealPassword: (workspaceId: string, password: string) => sealer.seal(password, context(workspaceId)),
    openPassword: (workspaceId: string, sealed: Buffer) => sealer.open(sealed, context(workspaceId)),
  }
}
