/** Seed of an order's lock; any number but those of other locks, as long as it stays. */
const ORDER_LOCK = 31

/**
 * Holds an order (`$1` workspace, `$2` number, `$3` reference) until the commit. What is said of a payment and the message that
 * bills it may be written at once by two transactions: whoever holds the order second sees what the first wrote.
 */
export const HOLD_ORDER = `select pg_advisory_xact_lock(hashtextextended($1 || ' ' || $2 || ' ' || $3, ${ORDER_LOCK}))`

/** All that was said of the payment of an order. */
export const TOLD = 'select payment from payment_status where workspace_id = $1 and number_id = $2 and reference = $3'
