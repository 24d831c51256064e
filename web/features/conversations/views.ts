/** The views that exist. Others (mine, unassigned, snoozed …) come with the acts that fill them. */
export const VIEWS = ['all', 'unread'] as const
export type View = (typeof VIEWS)[number]

export function isView(text: string): text is View {
  return (VIEWS as readonly string[]).includes(text)
}
