/** Something that is due at an instant; of two at one instant the lower order comes first. */
export interface Due {
  readonly dueMs: number
  readonly order: number
}

/** Puts an element into a binary heap: tens of thousands of scripted acts wait in one. */
export function pushDue<T extends Due>(heap: T[], entry: T): void {
  let at = heap.push(entry) - 1
  while (at > 0) {
    const parent = (at - 1) >> 1
    const above = heap[parent]
    if (!above || before(above, entry)) break
    heap[at] = above
    at = parent
  }
  heap[at] = entry
}

/** Takes the element that is due first. */
export function popDue<T extends Due>(heap: T[]): T | undefined {
  const first = heap[0]
  const last = heap.pop()
  if (!first || !last || heap.length === 0) return first
  let at = 0
  for (;;) {
    let child = at * 2 + 1
    const left = heap[child]
    if (!left) break
    const right = heap[child + 1]
    if (right && before(right, left)) child++
    const least = heap[child]
    if (!least || before(last, least)) break
    heap[at] = least
    at = child
  }
  heap[at] = last
  return first
}

function before(a: Due, b: Due): boolean {
  return a.dueMs < b.dueMs || (a.dueMs === b.dueMs && a.order < b.order)
}
