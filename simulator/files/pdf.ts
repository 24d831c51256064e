import { between, digits, pick, seededRandom } from '../seeded-random.ts'

const GOODS = [
  ['Taif Rose Royal, 100 ml', 420],
  ['Cambodian oud oil, quarter tola', 380],
  ['Maamoul incense, 250 g', 165],
  ['Taif rose water, 500 ml', 95],
  ['White musk, 12 ml', 120],
  ['Gift set "Layali"', 560],
] as const

/** Value added tax in Saudi Arabia since July 2020. */
const VAT_PERCENT = 15

/** An invoice of one page. PDF 1.4 in Helvetica, about one kilobyte; the same for the same seed. */
export function invoicePdf(fileSeed: number): Buffer {
  const random = seededRandom('invoice', fileSeed)
  const lines = [...GOODS]
    .sort(() => random() - 0.5)
    .slice(0, between(random, 1, 3))
    .map(([name, price]) => ({ name, quantity: pick(random, [1, 1, 1, 2]), price }))
  const total = lines.reduce((sum, line) => sum + line.price * line.quantity, 0)
  const vat = total - total / (1 + VAT_PERCENT / 100)
  return assemble(
    [
      text(22, 60, 770, 'Taif Rose'),
      text(11, 60, 750, 'Perfume and gifts, Riyadh'),
      text(14, 60, 700, `Tax invoice ${digits(random, 5)}`),
      ...lines.flatMap((line, index) => [
        text(11, 60, 660 - index * 22, `${line.quantity} x ${line.name}`),
        text(11, 430, 660 - index * 22, `SAR ${(line.price * line.quantity).toFixed(2)}`),
      ]),
      text(11, 60, 560, `of which VAT ${VAT_PERCENT}%`),
      text(11, 430, 560, `SAR ${vat.toFixed(2)}`),
      text(13, 60, 530, 'Total'),
      text(13, 430, 530, `SAR ${total.toFixed(2)}`),
    ].join('\n'),
  )
}

function text(size: number, x: number, y: number, words: string): string {
  return `BT /F1 ${size} Tf ${x} ${y} Td (${words.replace(/[\\()]/g, '\\$&')}) Tj ET`
}

function assemble(content: string): Buffer {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]
  let body = '%PDF-1.4\n'
  const offsets = objects.map((object, index) => {
    const offset = body.length
    body += `${index + 1} 0 obj\n${object}\nendobj\n`
    return offset
  })
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`
  return Buffer.from(`${body}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}${trailer}`, 'latin1')
}
