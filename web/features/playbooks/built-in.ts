import type { MessageKey } from '../../app/language.ts'
import type { Language } from '../../app/preferred-language.ts'

/** Wasl's own pages, in the order in which they are offered. Their texts stand in `pages/<language>/<name>.md`. */
export const PLAYBOOK_PAGES = [
  { name: 'onboarding', title: 'playbook.onboarding', lead: 'playbook.onboardingLead' },
  { name: 'keep-alive', title: 'playbook.keepAlive', lead: 'playbook.keepAliveLead' },
  { name: 'team', title: 'playbook.team', lead: 'playbook.teamLead' },
  { name: 'troubleshooting', title: 'playbook.troubleshooting', lead: 'playbook.troubleshootingLead' },
  { name: 'compliance', title: 'playbook.compliance', lead: 'playbook.complianceLead' },
] as const satisfies readonly { readonly name: string; readonly title: MessageKey; readonly lead: MessageKey }[]

export type PlaybookPage = (typeof PLAYBOOK_PAGES)[number]['name']

const TEXTS = import.meta.glob<string>('./pages/*/*.md', { query: '?raw', import: 'default' })

/** The Markdown of one of Wasl's own pages below its title; loaded when it is opened. */
export async function loadPage(page: PlaybookPage, language: Language): Promise<string> {
  const load = TEXTS[`./pages/${language}/${page}.md`]
  if (load === undefined) throw new Error(`There is no page ${page} in ${language}`)
  return (await load()).replace(/^# .*\n/, '')
}

export function isPlaybookPage(name: string): name is PlaybookPage {
  return PLAYBOOK_PAGES.some((page) => page.name === name)
}
