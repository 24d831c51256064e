import { describe, expect, test } from 'vitest'
import type { TemplateButton, TemplateComponent } from './template.ts'
import { checkTemplate, type NamedWording } from './template-rules.ts'
import { TEMPLATE_RULES, type TemplateRule } from './template-rules-text.ts'

const BODY: TemplateComponent = { type: 'BODY', text: 'Thank you for your order, it is on its way.' }
const GOOD: NamedWording = {
  name: 'order_ready',
  language: 'en_US',
  category: 'MARKETING',
  parameterFormat: 'POSITIONAL',
  components: [BODY],
}
const rulesOf = (template: Partial<NamedWording>) => [
  ...new Set(checkTemplate({ ...GOOD, ...template }).map(({ rule }) => rule)),
]
const body = (text: string, samples?: string[]): TemplateComponent => ({
  type: 'BODY',
  text,
  ...(samples === undefined ? {} : { example: { body_text: [samples] } }),
})
const buttons = (...list: TemplateButton[]): Partial<NamedWording> => ({
  components: [BODY, { type: 'BUTTONS', buttons: list }],
})
const parts = (...components: TemplateComponent[]): Partial<NamedWording> => ({ components })
const reply = (text: string): TemplateButton => ({ type: 'QUICK_REPLY', text })
const url = (address: string, more: object = {}): TemplateButton => ({
  type: 'URL',
  text: 'Open',
  url: address,
  ...more,
})
const otp = (more: object): Partial<NamedWording> => ({
  category: 'AUTHENTICATION',
  components: [{ type: 'BODY' }, { type: 'BUTTONS', buttons: [{ type: 'OTP', ...more }] }],
})
const card = (format: string, ...list: TemplateButton[]) => ({
  components: [
    { type: 'HEADER', format, example: { header_handle: ['4::a'] } },
    { type: 'BODY', text: 'A chair of oak' },
    { type: 'BUTTONS', buttons: list },
  ],
})
const cards = (...list: ReturnType<typeof card>[]) => parts(BODY, { type: 'CAROUSEL', cards: list })

const REFUSED: readonly [string, Partial<NamedWording>, TemplateRule][] = [
  ['capitals in the name', { name: 'Order' }, 'name_form'],
  ['too long a name', { name: 'a'.repeat(513) }, 'too_long'],
  ['a language that is none', { language: 'english' }, 'language_form'],
  ['no body', parts(), 'text_missing'],
  ['a body of 1,025 characters', parts(body('x'.repeat(1025))), 'too_long'],
  ['three line breaks in a row', parts(body('One\n\n\ntwo')), 'blank_lines'],
  ['a variable at the beginning', parts(body('{{1}}, thank you very much indeed', ['a'])), 'variable_edge'],
  ['a variable at the end', parts(body('Thank you very much indeed {{1}}', ['a'])), 'variable_edge'],
  ['variables glued', parts(body('We thank you {{1}}{{2}} for all your orders', ['a', 'b'])), 'variable_adjacent'],
  ['a gap in the numbers', parts(body('We thank {{1}} and also {{3}} for coming', ['a', 'b', 'c'])), 'variable_order'],
  ['a name where numbers are', parts(body('We thank {{name}} for coming here', ['a'])), 'variable_form'],
  ['half a variable', parts(body('We thank {{1 for coming')), 'variable_form'],
  ['too many variables', parts(body('a {{1}} b {{2}} c', ['a', 'b'])), 'variable_many'],
  ['no sample', parts(body('We thank {{1}} for coming here')), 'sample_missing'],
  ['a header in bold', parts({ type: 'HEADER', format: 'TEXT', text: '*Hi*' }, BODY), 'header_plain'],
  [
    'two variables in the header',
    parts({ type: 'HEADER', format: 'TEXT', text: '{{1}} {{2}}' }, BODY),
    'header_variables',
  ],
  ['a picture without a sample', parts({ type: 'HEADER', format: 'IMAGE' }, BODY), 'media_sample_missing'],
  ['a header of 61 characters', parts({ type: 'HEADER', format: 'TEXT', text: 'x'.repeat(61) }, BODY), 'too_long'],
  ['a variable in the footer', parts(BODY, { type: 'FOOTER', text: 'From {{1}}' }), 'footer_variables'],
  ['a component nobody knows', parts(BODY, { type: 'CONFETTI' }), 'component_unknown'],
  ['two bodies', parts(BODY, BODY), 'component_unknown'],
  ['eleven buttons', buttons(...Array.from({ length: 11 }, () => reply('Yes'))), 'too_many'],
  ['three links', buttons(url('https://a.com'), url('https://b.com'), url('https://c.com')), 'too_many'],
  ['replies apart', buttons(reply('Yes'), url('https://a.com'), reply('No')), 'quick_replies_apart'],
  ['a label of 26 characters', buttons(reply('x'.repeat(26))), 'too_long'],
  ['an empty label', buttons(reply(' ')), 'text_missing'],
  ['an address without a scheme', buttons(url('example.com')), 'url_form'],
  ['a variable amid the address', buttons(url('https://a.com/{{1}}/b', { example: ['x'] })), 'url_variable'],
  ['no sample of an address', buttons(url('https://a.com/{{1}}')), 'sample_missing'],
  ['a phone number of letters', buttons({ type: 'PHONE_NUMBER', text: 'Call', phone_number: 'call' }), 'phone_form'],
  ['a code of 16 characters', buttons({ type: 'COPY_CODE', example: 'x'.repeat(16) }), 'code_form'],
  ['a flow without its id', buttons({ type: 'FLOW', text: 'Start' }), 'flow_missing'],
  ['a password outside authentication', buttons({ type: 'OTP', otp_type: 'COPY_CODE' }), 'authentication_only'],
  ['one card', cards(card('IMAGE', reply('Yes'))), 'cards_count'],
  ['cards of two kinds', cards(card('IMAGE', reply('Yes')), card('VIDEO', reply('Yes'))), 'cards_differ'],
  ['cards without pictures', cards(card('TEXT', reply('Yes')), card('TEXT', reply('Yes'))), 'card_header'],
  [
    'cards beside a footer',
    parts(
      BODY,
      { type: 'FOOTER', text: 'Bye' },
      { type: 'CAROUSEL', cards: [card('IMAGE', reply('A')), card('IMAGE', reply('A'))] },
    ),
    'carousel_alone',
  ],
  ['an offer in utility', { category: 'UTILITY', ...parts(BODY, offer('Soon')) }, 'offer_marketing'],
  ['an offer without a link', parts(BODY, offer('Soon')), 'offer_button'],
  ['an offer with a footer', parts(BODY, offer('Soon'), { type: 'FOOTER', text: 'Bye' }), 'offer_footer'],
  ['an offer of 17 characters', parts(BODY, offer('x'.repeat(17))), 'too_long'],
  ['no button for the code', { category: 'AUTHENTICATION', ...parts({ type: 'BODY' }) }, 'authentication_button'],
  ['one tap without an app', otp({ otp_type: 'ONE_TAP' }), 'authentication_app'],
  [
    'zero tap without the terms',
    otp({ otp_type: 'ZERO_TAP', supported_apps: [{ package_name: 'com.a', signature_hash: 'K8a/AINcGX7' }] }),
    'authentication_terms',
  ],
  [
    'a code that lives 91 minutes',
    {
      category: 'AUTHENTICATION',
      components: [
        { type: 'BODY' },
        { type: 'FOOTER', code_expiration_minutes: 91 },
        { type: 'BUTTONS', buttons: [{ type: 'OTP', otp_type: 'COPY_CODE' }] },
      ],
    },
    'authentication_form',
  ],
]

function offer(text: string): TemplateComponent {
  return { type: 'LIMITED_TIME_OFFER', limited_time_offer: { text, has_expiration: true } }
}

describe('what Meta refuses', () => {
  test.each(REFUSED)('%s', (_name, template, rule) => {
    expect(rulesOf(template)).toContain(rule)
  })

  test('every rule is shown by one of these', () => {
    const shown = new Set(REFUSED.map(([, , rule]) => rule))
    expect(TEMPLATE_RULES.filter((rule) => !shown.has(rule))).toEqual([])
  })
})

describe('what Meta takes', () => {
  test.each<[string, Partial<NamedWording>]>([
    ['a body alone', {}],
    ['numbers in any order', parts(body('We thank {{2}} and also {{1}} for coming', ['a', 'b']))],
    [
      'names, with a sample for each',
      {
        parameterFormat: 'NAMED',
        components: [
          {
            type: 'BODY',
            text: 'We thank {{customer_name}} for coming here',
            example: { body_text_named_params: [{ param_name: 'customer_name', example: 'Huda' }] },
          },
        ],
      },
    ],
    ['Arabic', { language: 'ar', components: [body('مرحبا {{1}}، طلبك في الطريق إليك الآن.', ['نورة'])] }],
    [
      'a picture with its sample',
      parts({ type: 'HEADER', format: 'IMAGE', example: { header_handle: ['4::a'] } }, BODY),
    ],
    ['a place above the text', parts({ type: 'HEADER', format: 'LOCATION' }, BODY)],
    [
      'replies first, links after',
      buttons(reply('Yes'), reply('No'), url('https://a.com/{{1}}', { example: ['https://a.com/x'] })),
    ],
    ['an offer with a link', parts(BODY, offer('Ends soon'), { type: 'BUTTONS', buttons: [url('https://a.com')] })],
    ['cards of one kind', cards(card('IMAGE', reply('Yes')), card('IMAGE', reply('No')))],
    ['a code to copy', otp({ otp_type: 'COPY_CODE' })],
  ])('%s', (_name, template) => {
    expect(checkTemplate({ ...GOOD, ...template })).toEqual([])
  })
})
