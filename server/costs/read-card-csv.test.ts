import { describe, expect, test } from 'vitest'
import { CSV_CHARS_MAX } from '../../contract/api/rate-cards.ts'
import { readCardCsv } from './read-card-csv.ts'
import { readTierCsv } from './read-tier-csv.ts'

const HEAD = 'Market,Currency,Marketing,Utility,Authentication,Authentication-International,Service'
const LIST = [
  'WhatsApp Business Platform rate card,,,,,,',
  'Effective 1 January 2027,,,,,,',
  HEAD,
  'India,$US,0.0118,0.0014,0.0014,0.0304,0.0014',
  '"Saudi Arabia",$US,0.0576,0.0107,0.0107,0.0598,0.0107',
  'Rest of Central & Eastern Europe,$US,0.0860,0.0212,0.0212,n/a,0.0212',
  'Türkiye,$US,0.0109,0.0009,0.0009,,0.0009',
  'Other,$US,0.0604,0.0077,0.0077,n/a,0.0077',
  'Note: prices are subject to change.,,,,,,',
].join('\r\n')

describe('a price list', () => {
  test('is read with its notes, its marks for nothing and its names of markets', () => {
    const { rates, currency, faults } = readCardCsv(LIST)
    expect({ currency, faults }).toEqual({ currency: 'USD', faults: [] })
    expect(Object.keys(rates)).toEqual(['IN', 'SA', 'rest_of_central_eastern_europe', 'TR', 'other'])
    expect(rates.IN).toEqual({
      ...{ marketing: '0.0118', utility: '0.0014', authentication: '0.0014' },
      ...{ authentication_international: '0.0304', service: '0.0014' },
    })
    expect(rates.other).not.toHaveProperty('authentication_international')
  })

  test('whatever the order and case of its columns, the mark between cells, and the mark at its beginning', () => {
    const other = [
      'service;UTILITY; marketing ;Notes;MARKET;currency',
      '0,0014;0,0014;0,0118;x;INDIA;INR',
      '1,0077;1.234,0077;0,0604;;other;inr',
    ].join('\n')
    expect(readCardCsv(`\uFEFF${other}`)).toEqual({
      currency: 'INR',
      faults: [],
      rates: {
        IN: { service: '0.0014', utility: '0.0014', marketing: '0.0118' },
        other: { service: '1.0077', utility: '1234.0077', marketing: '0.0604' },
      },
    })
    expect(readCardCsv('Market\tMarketing\nOther\tRp 356.65\n')).toMatchObject({
      faults: [{ line: 2, code: 'bad_amount', detail: 'Rp 356.65' }],
    })
    expect(readCardCsv('Market\tMarketing\nOther\t356.65').rates).toEqual({ other: { marketing: '356.65' } })
    expect(readCardCsv('Market,Marketing\nOther,"$1,356.65"').rates).toEqual({ other: { marketing: '1356.65' } })
  })

  test.each<[string, string, object]>([
    [
      'a market nobody knows',
      `${HEAD}\nAtlantis,USD,1,1,1,1,1`,
      { line: 2, code: 'unknown_market', detail: 'Atlantis' },
    ],
    ['a market twice', `${HEAD}\nIndia,USD,1,1,1,1,1\n\nIN,USD,1,1,1,1,1`, { line: 4, code: 'market_twice' }],
    ['a price that is none', `${HEAD}\nOther,USD,cheap,1,1,1,1`, { line: 2, code: 'bad_amount', detail: 'cheap' }],
    ['a price below nothing', `${HEAD}\nOther,USD,-1,1,1,1,1`, { line: 2, code: 'bad_amount', detail: '-1' }],
    ['more decimals than are exact', `${HEAD}\nOther,USD,0.0000001,1,1,1,1`, { line: 2, code: 'bad_amount' }],
    ['two currencies', `${HEAD}\nOther,USD,1,1,1,1,1\nIndia,INR,1,1,1,1,1`, { line: 3, code: 'other_currency' }],
    ['no headings', 'a,b,c\n1,2,3', { line: 0, code: 'no_headings' }],
    ['a heading twice', 'Market,Utility,utility\nOther,1,2', { line: 0, code: 'no_headings' }],
    ['headings alone', HEAD, { line: 1, code: 'no_rows' }],
    ['no price for the rest of the world', `${HEAD}\nIndia,USD,1,1,1,1,1`, { line: 0, code: 'no_other' }],
    ['a quotation that never ends', `${HEAD}\n"Other,USD,1`, { line: 0, code: 'not_csv' }],
    ['too long a file', 'x'.repeat(CSV_CHARS_MAX + 1), { line: 0, code: 'not_csv' }],
    ['nothing', '', { line: 0, code: 'no_headings' }],
  ])('%s is told by its line', (_, csv, fault) => {
    expect(readCardCsv(csv).faults).toMatchObject([fault])
  })
})

const TIERS = [
  'Volume tiers,,,,,,,,,,,',
  'Market,,Utility,,,,,Authentication,,,,',
  ',Currency,From,To,Rate type,Rate,vs. List rate,From,To,Rate type,Rate,vs. List rate',
  'India,USD,0,"1,000",List rate,0.0014,0%,0,"2,000",List rate,0.0014,0%',
  ',USD,"1,001","5,000",Tier rate,0.0013,-5%,"2,001",--,Tier rate,0.0012,-10%',
  ',USD,"5,001",--,Tier rate,0.0012,-10%,n/a,n/a,n/a,n/a,n/a',
  'SAUDI ARABIA,USD,0,MAX,List rate,0.0107,0%,n/a,n/a,n/a,n/a,n/a',
].join('\n')

describe('a file of volume tiers', () => {
  test('is read by market and category; a tier goes on where the one before ends', () => {
    expect(readTierCsv(TIERS)).toEqual({
      currency: 'USD',
      faults: [],
      tiers: {
        IN: {
          utility: [
            { from: 0, to: 1_000, amount: '0.0014' },
            { from: 1_001, to: 5_000, amount: '0.0013' },
            { from: 5_001, to: null, amount: '0.0012' },
          ],
          authentication: [
            { from: 0, to: 2_000, amount: '0.0014' },
            { from: 2_001, to: null, amount: '0.0012' },
          ],
        },
        SA: { utility: [{ from: 0, to: null, amount: '0.0107' }] },
      },
    })
  })

  test.each<[string, string, string, object]>([
    ['a gap between two tiers', '"1,001","5,000"', '"1,002","5,000"', { line: 5, code: 'tier_gap', detail: '1,002' }],
    ['a tier after the last', '"1,000",List rate,0.0014', '--,List rate,0.0014', { line: 5, code: 'tier_gap' }],
    ['a first tier that is none', 'India,USD,0,"1,000"', 'India,USD,500,"1,000"', { line: 4, code: 'tier_start' }],
    ['an end before its beginning', '"1,001","5,000"', '"1,001","50"', { line: 5, code: 'bad_count' }],
    ['a rate that is none', 'Tier rate,0.0013', 'Tier rate,little', { line: 5, code: 'bad_amount', detail: 'little' }],
    ['a market nobody knows', 'India', 'Atlantis', { line: 4, code: 'unknown_market' }],
  ])('%s is told by its line', (_, there, wrong, fault) => {
    expect(TIERS).toContain(there)
    expect(readTierCsv(TIERS.replace(there, wrong)).faults[0]).toMatchObject(fault)
  })
})
