/**
 * The present as the database has it, for what all processes must reckon alike and no simulator may move: how fast calls
 * are made. Everything else takes its instant from the injected clock.
 */
export const REAL_NOW = 'clock_timestamp()'
