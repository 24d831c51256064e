import conversation from './cards/usd-2024-11-example.json' with { type: 'json' }
import perMessage from './cards/usd-2025-07-example.json' with { type: 'json' }
import july2026 from './cards/usd-2026-07.json' with { type: 'json' }
import october2026 from './cards/usd-2026-10.json' with { type: 'json' }
import { readCards } from './read-card.ts'

/** The rate cards that come with Wasl, oldest first. A new one of Meta's is a new file and a line here. */
export const CARDS = readCards([conversation, perMessage, july2026, october2026])
