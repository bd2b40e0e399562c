/** how long items are gathered, in `ms`: shorter than what anybody sees as waiting */
const togetherMs = 50

/** Hands over together what comes in close succession, in its order. */
export function together<Item>(
  later: (ms: number, action: () => void) => void,
  hand: (items: readonly Item[]) => void,
): (item: Item) => void {
  let gathered: Item[] = []
  return (item) => {
    if (gathered.push(item) > 1) return
    later(togetherMs, () => {
      const items = gathered
      gathered = []
      hand(items)
    })
  }
}
