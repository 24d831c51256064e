import { useFormats } from '../../app/use-formats.ts'

/** Amounts travel in millionths of their currency. */
export const MILLIONTHS = 1_000_000

/** Writes amounts of the API, which are millionths of a currency, as a person reads them. */
export function useMoney(currency: string): (millionths: number) => string {
  const formats = useFormats()
  return (millionths) => formats.money(millionths / MILLIONTHS, currency)
}

/** The same for what one message costs, which is less than a cent. */
export function usePrice(currency: string): (millionths: number) => string {
  const formats = useFormats()
  return (millionths) => formats.smallMoney(millionths / MILLIONTHS, currency)
}
