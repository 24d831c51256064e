import { expect, test } from 'vitest'
import { headingAnchors, headingsOf } from './heading-anchors.ts'

test('the named headings are the contents; a heading without a name is none', () => {
  expect(headingsOf('# Title\n## One {#one}\ntext {#no}\n## Two\n### اثنان {#two-2}')).toEqual([
    { depth: 2, id: 'one', text: 'One' },
    { depth: 3, id: 'two-2', text: 'اثنان' },
  ])
})

test('a name leaves the words and becomes the id', () => {
  const heading = (text: string) => ({ type: 'heading', depth: 2, children: [{ type: 'text', value: text }] })
  const tree = { type: 'root', children: [heading('One {#one}'), heading('Two {two}')] }
  headingAnchors()(tree)
  expect(tree.children).toEqual([{ ...heading('One'), data: { hProperties: { id: 'one' } } }, heading('Two {two}')])
})
