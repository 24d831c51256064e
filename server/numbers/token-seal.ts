/** Seals and opens access tokens; sealed bytes belong to their row and open nowhere else. */
export interface TokenSeal {
  seal(workspaceId: string, numberId: string, token: string): Buffer
  open(workspaceId: string, numberId: string, sealed: Buffer): string
}

/** Takes what seals any secret (`server/platform/crypto.ts`) and binds it to the rows of `number_secret`. */
export function tokenSeal(sealer: {
  seal(plain: string, context: string): Buffer
  open(sealed: Buffer, context: string): string
}): TokenSeal {
  const context = (workspaceId: string, numberId: string) => `number_secret:access_token:${workspaceId}:${numberId}`
  return {
    seal: (workspaceId, numberId, token) => sealer.seal(token, context(workspaceId, numberId)),
    open: (workspaceId, numberId, sealed) => sealer.open(sealed, context(workspaceId, numberId)),
  }
}
