/** One change that Meta would tell: what ends up as one element of `entry[].changes[]`. */
export interface Update {
  /** The WhatsApp Business Account: `entry.id`. */
  readonly accountId: string
  /** The number it is about: decides which callback address is used; `null` for what concerns the whole account. */
  readonly numberId: string | null
  readonly field: string
  /** Unix seconds for `entry.time`; `null` for the `messages` family, which has none in Meta's samples. */
  readonly entryTimeS: number | null
  /** The value; big ones are a function giving their escaped JSON, made when they are delivered. */
  readonly value: Readonly<Record<string, unknown>> | (() => string)
  /** Sent without the `object`/`entry` envelope, as Meta's sample of a declined history. */
  readonly bare?: boolean
}
