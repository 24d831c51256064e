/** Seed of the workspace's projection lock (see `lockProjection`); any number, as long as it stays. */
export const PROJECTION_LOCK = 1

/**
 * A batch touches few rows of large tables, each by its key. Plans are prepared once per connection, on a new
 * installation while the tables are empty: there every plan looks equally good, and the one that is kept must not read
 * whole tables when they have grown.
 */
export const KEY_LOOKUPS_ONLY = ['seqscan', 'hashjoin', 'mergejoin', 'bitmapscan']
  .map((plan) => `set_config('enable_${plan}', 'off', true)`)
  .join(', ')
