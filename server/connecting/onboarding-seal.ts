/** Seals the token of an onboarding until the number is kept; sealed bytes belong to their row and open nowhere else. */
export interface OnboardingSeal {
  seal(workspaceId: string, onboardingId: string, token: string): Buffer
  open(workspaceId: string, onboardingId: string, sealed: Buffer): string
}

export function onboardingSeal(sealer: {
  seal(plain: string, context: string): Buffer
  open(sealed: Buffer, context: string): string
}): OnboardingSeal {
  const context = (workspaceId: string, onboardingId: string) =>
    `onboarding:access_token:${workspaceId}:${onboardingId}`
  return {
    seal: (workspaceId, onboardingId, token) => sealer.seal(token, context(workspaceId, onboardingId)),
    open: (workspaceId, onboardingId, sealed) => sealer.open(sealed, context(workspaceId, onboardingId)),
  }
}
