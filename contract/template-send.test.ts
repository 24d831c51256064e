import { describe, expect, test } from 'vitest'
import type { TemplateWording } from './template.ts'
import { fillTemplate, inputsOf, missingInputs, shownTemplate } from './template-send.ts'

const ORDER: TemplateWording = {
  category: 'UTILITY',
  parameterFormat: 'POSITIONAL',
  components: [
    { type: 'HEADER', format: 'IMAGE', example: { header_handle: ['sample:7'] } },
    { type: 'BODY', text: 'Order {{2}} of {{1}} is ready.', example: { body_text: [['Huda', '1001']] } },
    { type: 'FOOTER', text: 'Noor Home' },
    {
      type: 'BUTTONS',
      buttons: [
        { type: 'URL', text: 'Track', url: 'https://a.com/{{1}}', example: ['https://a.com/x'] },
        { type: 'COPY_CODE', example: 'SAVE10' },
      ],
    },
  ],
}
const NAMED: TemplateWording = {
  category: 'MARKETING',
  parameterFormat: 'NAMED',
  components: [{ type: 'BODY', text: 'Dear {{name}}, come and see us.' }],
}
const CODE: TemplateWording = {
  category: 'AUTHENTICATION',
  parameterFormat: 'POSITIONAL',
  components: [{ type: 'BODY' }, { type: 'BUTTONS', buttons: [{ type: 'OTP', otp_type: 'COPY_CODE' }] }],
}
const CARDS: TemplateWording = {
  category: 'MARKETING',
  parameterFormat: 'POSITIONAL',
  components: [
    { type: 'BODY', text: 'New chairs for {{1}} are here.' },
    {
      type: 'CAROUSEL',
      cards: [0, 1].map(() => ({
        components: [
          { type: 'HEADER', format: 'IMAGE' },
          { type: 'BODY', text: 'The chair {{1}} is of oak.' },
        ],
      })),
    },
  ],
}

describe('what a send has to give', () => {
  test('each gap once, with its sample, in reading order', () => {
    expect(inputsOf(ORDER).map(({ key, kind, sample }) => [key, kind, sample])).toEqual([
      ['header', 'image', null],
      ['body.1', 'text', 'Huda'],
      ['body.2', 'text', '1001'],
      ['button.0', 'text', 'https://a.com/x'],
      ['button.1', 'code', 'SAVE10'],
    ])
    expect(inputsOf(ORDER)[0]?.sampleId).toBe('7')
    expect(inputsOf(CODE)).toMatchObject([{ key: 'code', kind: 'code' }])
    expect(inputsOf(CARDS).map(({ key }) => key)).toEqual([
      'body.1',
      'card.0.header',
      'card.0.body.1',
      'card.1.header',
      'card.1.body.1',
    ])
  })
})

describe('Meta’s form of it', () => {
  test('numbers in their order, files by id, buttons by place', () => {
    const values = {
      header: { mediaId: 'm1' },
      'body.1': 'Huda',
      'body.2': '77',
      'button.0': 'o77',
      'button.1': 'SAVE',
    }
    const components = fillTemplate(ORDER, values)
    expect(components).toEqual([
      { type: 'header', parameters: [{ type: 'image', image: { id: 'm1' } }] },
      {
        type: 'body',
        parameters: [
          { type: 'text', text: 'Huda' },
          { type: 'text', text: '77' },
        ],
      },
      { type: 'button', sub_type: 'url', index: '0', parameters: [{ type: 'text', text: 'o77' }] },
      { type: 'button', sub_type: 'copy_code', index: '1', parameters: [{ type: 'coupon_code', coupon_code: 'SAVE' }] },
    ])
    expect(missingInputs(ORDER, components)).toEqual([])
    expect(shownTemplate({ name: 'order', language: 'en' }, ORDER, components)).toMatchObject({
      type: 'template',
      body: 'Order 77 of Huda is ready.',
      headerKind: 'image',
      footer: 'Noor Home',
      buttons: ['Track', 'COPY_CODE'],
    })
  })

  test('names go by name', () => {
    expect(fillTemplate(NAMED, { 'body.name': 'Huda' })).toEqual([
      { type: 'body', parameters: [{ type: 'text', parameter_name: 'name', text: 'Huda' }] },
    ])
  })

  test('a code is given twice: in the text, and to the button', () => {
    expect(fillTemplate(CODE, { code: '123456' })).toEqual([
      { type: 'body', parameters: [{ type: 'text', text: '123456' }] },
      { type: 'button', sub_type: 'url', index: '0', parameters: [{ type: 'text', text: '123456' }] },
    ])
  })

  test('cards carry what is theirs', () => {
    const values = {
      'body.1': 'you',
      'card.0.header': { mediaId: 'm0' },
      'card.0.body.1': 'A',
      'card.1.header': { mediaId: 'm1' },
      'card.1.body.1': 'B',
    }
    const components = fillTemplate(CARDS, values)
    expect(missingInputs(CARDS, components)).toEqual([])
    expect(components[1]?.cards?.[1]).toEqual({
      card_index: 1,
      components: [
        { type: 'header', parameters: [{ type: 'image', image: { id: 'm1' } }] },
        { type: 'body', parameters: [{ type: 'text', text: 'B' }] },
      ],
    })
    expect(missingInputs(CARDS, fillTemplate(CARDS, { ...values, 'card.1.header': undefined }))).toEqual([
      'card.1.header',
    ])
  })
})

test.each([
  ['nothing at all', [], ['body.name']],
  ['an empty value', [{ type: 'body', parameters: [{ type: 'text', text: ' ' }] }], ['body.name']],
  ['a line break', [{ type: 'body', parameters: [{ type: 'text', text: 'a\nb' }] }], ['body.name']],
  [
    'one too many',
    [
      {
        type: 'body',
        parameters: [
          { type: 'text', parameter_name: 'name', text: 'a' },
          { type: 'text', text: 'b' },
        ],
      },
    ],
    ['extra.body'],
  ],
])('is missed or too much: %s', (_name, components, keys) => {
  expect(missingInputs(NAMED, components)).toEqual(keys)
})
