import { readFile } from 'node:fs/promises'
import {
  type CardDifference,
  type CardImportBody,
  type CardPreview,
  cardImportBody,
} from '../../contract/api/rate-cards.ts'
import { draftCard } from '../costs/card-draft.ts'
import { CARDS } from '../costs/cards.ts'
import { decimalOf } from '../costs/read-card.ts'
import { Refusal } from '../platform/refusal.ts'

const EXIT_FAULTY = 2

export interface RateCardOptions {
  readonly from: string
  readonly tiers?: string
}

/**
 * Says what a price list of Meta's would change against those that come with Wasl, one line for each price, or which of its lines
 * keep it from being taken. Changes nothing. Gives the exit code.
 */
export async function showRateCard(file: string, options: RateCardOptions): Promise<number> {
  const preview = await previewRateCard(file, options)
  for (const line of linesOf(preview)) process.stdout.write(`${line}\n`)
  return preview.faultsTotal === 0 ? 0 : EXIT_FAULTY
}

/** What comes of the files; throws a `Refusal` for one that cannot be read, or a day that is none. */
export async function previewRateCard(file: string, { from, tiers }: RateCardOptions): Promise<CardPreview> {
  const asked: CardImportBody = {
    ...{ fileName: file.slice(-100), csv: await textOf(file), effectiveFrom: from },
    ...(tiers === undefined ? {} : { tiersCsv: await textOf(tiers) }),
  }
  const read = cardImportBody.safeParse(asked)
  if (!read.success)
    throw new Refusal(`The price list cannot be read: ${read.error.issues[0]?.path.join('.')} is wrong.`)
  return draftCard(read.data, CARDS).preview
}

function linesOf({ faults, faultsTotal, currency, markets, tiered, differences, unchanged }: CardPreview): string[] {
  if (faultsTotal > 0) {
    return faults.map(({ line, code, detail }) => `line ${line}: ${code}${detail === '' ? '' : ` (${detail})`}`)
  }
  const head = `${currency}: ${markets} markets, ${tiered} with volume tiers; ${differences.length} prices change, ${unchanged} stay`
  return [head, ...differences.map(changeOf)]
}

function changeOf({ market, category, before, after }: CardDifference): string {
  const [old, own] = [before, after].map((amount) => (amount === null ? 'none' : decimalOf(amount)))
  return `${market} ${category}: ${old} → ${own}`
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    throw new Refusal(`${file} cannot be read (${code}).`)
  }
}
