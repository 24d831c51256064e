import type { Turn } from '../../simulator/scenarios/dialogue-acts.ts'
import { readDialogues } from '../../simulator/scenarios/dialogues.ts'
import { STANDIN_DIALOGUES, standinDialogues } from '../../simulator/scenarios/standin.ts'

/**
 * The dialogues of a folder with `sgd-*.jsonl.gz`, or without one the seeded stand-in of the same size.
 * Throws with the folder's name when it holds none.
 */
export async function loadDialogues(folder: string | null, seed: number): Promise<(readonly Turn[])[]> {
  if (folder === null) return [...standinDialogues(seed, STANDIN_DIALOGUES)]
  const dialogues: (readonly Turn[])[] = []
  for await (const dialogue of readDialogues(folder)) dialogues.push(dialogue.turns)
  return dialogues
}
