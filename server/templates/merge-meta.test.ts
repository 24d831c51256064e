import { describe, expect, test } from 'vitest'
import type { MetaTemplate } from '../../contract/api/templates.ts'
import type { TemplateComponent, TemplateWording } from '../../contract/template.ts'
import { readFixture } from '../../test/support/fixtures.ts'
import type { GraphTemplate } from '../whatsapp/graph-template.ts'
import { mergeMeta } from './merge-meta.ts'
import { isSameWording } from './same-wording.ts'
import type { TemplateNotice, TemplateRow } from './template-rows.ts'

const NOW_MS = Date.UTC(2026, 10, 11)
const COMPONENTS: TemplateComponent[] = [{ type: 'BODY', text: 'Your order is ready.' }]
const WORDING: TemplateWording = { category: 'UTILITY', parameterFormat: 'POSITIONAL', components: COMPONENTS }
const GRAPH: GraphTemplate = {
  ...{ id: '1184402295573310', name: 'order_ready', language: 'ar', status: 'APPROVED', category: 'UTILITY' },
  ...{ parameterFormat: 'POSITIONAL', components: COMPONENTS, quality: 'GREEN', reason: null },
}
const META = mergeMeta(row({}), GRAPH, [], NOW_MS).meta

function row(more: Partial<TemplateRow>): TemplateRow {
  return {
    ...{ id: 't1', wabaId: 'w1', name: 'order_ready', language: 'ar', removed: false, putAway: false, version: 1 },
    ...{ wording: WORDING, authorId: 'm1', libraryName: null, review: 'submitted', approvedAtMs: null },
    ...{
      submittedVersion: 1,
      submittedWording: WORDING,
      reviewedAtMs: NOW_MS,
      editsMs: [],
      meta: null,
      drifted: false,
    },
    ...more,
  }
}

interface Webhook {
  readonly entry: readonly { readonly changes: readonly { readonly field: string; readonly value: object }[] }[]
}

function notice(fixture: string): TemplateNotice {
  const webhook = readFixture(`cloud-api/${fixture}.json`) as Webhook
  const { field, value } = webhook.entry[0]?.changes[0] ?? { field: '', value: {} }
  const event = 'event' in value ? String(value.event) : null
  return { field, event, atMs: NOW_MS - 1000, data: { ...value } }
}

describe('what Graph says and what was told before', () => {
  test('a pause has its reason, as long as it lasts', () => {
    const { meta, events } = mergeMeta(
      row({ meta: META }),
      { ...GRAPH, status: 'PAUSED' },
      [notice('message_template_status_update/paused')],
      NOW_MS,
    )
    expect(meta.note).toMatchObject({ title: 'FIRST_PAUSE', words: expect.stringContaining('three hours') })
    expect(events).toEqual([{ kind: 'meta_status', note: 'PAUSED' }])
    expect(
      mergeMeta(row({ meta }), GRAPH, [notice('message_template_status_update/paused')], NOW_MS).meta.note,
    ).toBeNull()
  })

  test('the archive counts from when it was told, or else from when it was last seen outside', () => {
    const archived: GraphTemplate = { ...GRAPH, status: 'ARCHIVED' }
    const told = { ...notice('message_template_status_update/archived'), atMs: NOW_MS + 500 }
    const later = NOW_MS + 3_600_000
    const merge = (before: MetaTemplate | null, notices: readonly TemplateNotice[]) =>
      mergeMeta(row({ meta: before }), archived, notices, later).meta
    expect(merge(META, [told]).archive).toEqual({ atMs: NOW_MS + 500, fromStatus: 'APPROVED' })
    expect(merge(META, []).archive).toEqual({ atMs: NOW_MS, fromStatus: 'APPROVED' })
    expect(merge(null, []).archive).toEqual({ atMs: null, fromStatus: null })
    const ours = { ...META, status: 'ARCHIVED', archive: { atMs: NOW_MS + 700, fromStatus: 'REJECTED' } }
    expect(merge(ours, []), 'a listing that says the same changes nothing').toMatchObject({
      archive: ours.archive,
      note: null,
    })
    const out = { ...notice('message_template_status_update/unarchived'), atMs: NOW_MS + 600 }
    expect(merge(META, [out, told]).archive?.atMs, 'an old notice says nothing about now').toBe(NOW_MS)
    expect(mergeMeta(row({ meta: ours }), GRAPH, [out, told], later).meta.archive).toBeNull()
  })

  test('a change of category is known ahead of time, and forgotten when it has come or was called off', () => {
    const told = [notice('template_category_update/impending')]
    expect(mergeMeta(row({ meta: META }), GRAPH, told, NOW_MS).meta.nextCategory).toEqual({
      category: 'MARKETING',
      atMs: 1_794_387_600_000,
    })
    const done = mergeMeta(row({ meta: META }), { ...GRAPH, category: 'MARKETING' }, told, NOW_MS)
    expect(done.meta.nextCategory).toBeNull()
    expect(done.events).toEqual([{ kind: 'meta_category', note: 'MARKETING' }])
    expect(done.drifted, 'the words are still those that were approved').toBe(false)
    expect(mergeMeta(row({ meta: META }), GRAPH, told, NOW_MS + 9 * 86_400_000).meta.nextCategory).toBeNull()
  })

  test('other words than were approved are a drift, told once', () => {
    const changed = { ...GRAPH, components: [{ type: 'BODY', text: 'Buy more.' }] }
    const first = mergeMeta(row({ meta: META }), changed, [], NOW_MS)
    expect([first.drifted, first.events]).toEqual([true, [{ kind: 'drifted', note: null }]])
    expect(mergeMeta(row({ meta: META, drifted: true }), changed, [], NOW_MS).events).toEqual([])
    expect(mergeMeta(row({ meta: META, drifted: true }), GRAPH, [], NOW_MS).events).toEqual([
      { kind: 'in_step', note: null },
    ])
  })

  test('a submission whose answer was lost has arrived when Meta has its words', () => {
    const waiting = row({ review: 'reviewed', submittedVersion: null, submittedWording: null })
    expect(mergeMeta(waiting, GRAPH, [], NOW_MS)).toMatchObject({ arrived: true, drifted: false })
    const draft = row({ review: 'draft', submittedVersion: null, submittedWording: null })
    expect(mergeMeta(draft, GRAPH, [], NOW_MS)).toMatchObject({ arrived: false, drifted: true })
  })
})

describe('the same words', () => {
  const picture: TemplateComponent = { type: 'HEADER', format: 'IMAGE' }
  test.each<[string, TemplateComponent[], TemplateComponent[], boolean]>([
    [
      'other samples',
      [{ ...picture, example: { header_handle: ['sample:1'] } }],
      [{ ...picture, example: { header_handle: ['https://scontent.whatsapp.net/a'] } }],
      true,
    ],
    [
      'a title without its format',
      [{ type: 'HEADER', text: 'Hi' }],
      [{ type: 'HEADER', format: 'TEXT', text: 'Hi' }],
      true,
    ],
    ['a picture where a video was', [picture], [{ ...picture, format: 'VIDEO' }], false],
    ['other words', COMPONENTS, [{ type: 'BODY', text: 'Your order is ready!' }], false],
    [
      'another address',
      [{ type: 'BUTTONS', buttons: [{ type: 'URL', text: 'a', url: 'https://a.com' }] }],
      [{ type: 'BUTTONS', buttons: [{ type: 'URL', text: 'a', url: 'https://b.com' }] }],
      false,
    ],
    [
      'a slash that Meta adds',
      [{ type: 'BUTTONS', buttons: [{ type: 'URL', text: 'a', url: 'https://a.com' }] }],
      [{ type: 'BUTTONS', buttons: [{ type: 'URL', text: 'a', url: 'https://a.com/' }] }],
      true,
    ],
    [
      'the texts that Meta writes for codes',
      [{ type: 'BODY' }, { type: 'BUTTONS', buttons: [{ type: 'OTP', otp_type: 'COPY_CODE' }] }],
      [
        { type: 'BODY', text: '*{{1}}* is your verification code.' },
        { type: 'BUTTONS', buttons: [{ type: 'OTP', otp_type: 'COPY_CODE', text: 'Copy code' }] },
      ],
      true,
    ],
  ])('%s', (_name, a, b, same) => {
    const wording = (components: TemplateComponent[]) => ({ components, parameterFormat: 'POSITIONAL' as const })
    expect(isSameWording(wording(a), wording(b))).toBe(same)
  })
})
