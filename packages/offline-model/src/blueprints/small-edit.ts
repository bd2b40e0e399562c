/** Small differences between two versions of a text, as exact replacements. */
export interface Edit {
  /** occurs exactly once in the text as it is now */
  find: string
  replace: string
}

const mostHunks = 8

/**
 * The first replacement on the way from `before` to `after`; applying it and asking again leads
 * there. Undefined when so much differs that a new file reads better than a diff.
 */
export function nextEdit(before: string, after: string): Edit | undefined {
  const [old, next] = [before.split("\n"), after.split("\n")]
  const hunks = hunksBetween(old, next)
  const touched = hunks.reduce((sum, hunk) => sum + (hunk.oldTo - hunk.oldFrom), 0)
  const first = hunks[0]
  if (!first || hunks.length > mostHunks || touched > old.length / 2) return undefined
  return unique({ before, old, next }, first)
}

interface Hunk {
  oldFrom: number
  oldTo: number
  newFrom: number
  newTo: number
}

/** Widens a hunk by equal lines around it until what it finds occurs once. */
function unique(
  text: { before: string; old: string[]; next: string[] },
  hunk: Hunk,
): Edit | undefined {
  const { before, old, next } = text
  let { oldFrom, oldTo, newFrom, newTo } = hunk
  for (;;) {
    const find = old.slice(oldFrom, oldTo).join("\n")
    // a bare deletion would leave an empty line behind: it takes a neighbour along
    if (newTo > newFrom && find.trim() !== "" && before.split(find).length === 2) {
      return { find, replace: next.slice(newFrom, newTo).join("\n") }
    }
    if (oldFrom > 0 && newFrom > 0 && old[oldFrom - 1] === next[newFrom - 1]) {
      oldFrom--
      newFrom--
    } else if (oldTo < old.length && newTo < next.length && old[oldTo] === next[newTo]) {
      oldTo++
      newTo++
    } else return undefined
    if (oldTo - oldFrom > 40) return undefined
  }
}

/** Runs of lines that differ, by the longest common subsequence of lines. */
function hunksBetween(old: string[], next: string[]): Hunk[] {
  const length = commonLengths(old, next)
  const hunks: Hunk[] = []
  let [i, j] = [0, 0]
  while (i < old.length || j < next.length) {
    if (i < old.length && j < next.length && old[i] === next[j]) {
      i++
      j++
      continue
    }
    const hunk = { oldFrom: i, oldTo: i, newFrom: j, newTo: j }
    while (
      (i < old.length || j < next.length) &&
      !(i < old.length && j < next.length && old[i] === next[j])
    ) {
      if (j >= next.length || (i < old.length && at(length, i + 1, j) >= at(length, i, j + 1))) i++
      else j++
    }
    hunks.push({ ...hunk, oldTo: i, newTo: j })
  }
  return hunks
}

const at = (table: number[][], i: number, j: number): number => table[i]?.[j] ?? 0

function commonLengths(old: string[], next: string[]): number[][] {
  const table = Array.from({ length: old.length + 1 }, () =>
    new Array<number>(next.length + 1).fill(0),
  )
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = next.length - 1; j >= 0; j--) {
      const row = table[i]
      if (!row) continue
      row[j] =
        old[i] === next[j]
          ? at(table, i + 1, j + 1) + 1
          : Math.max(at(table, i + 1, j), at(table, i, j + 1))
    }
  }
  return table
}
