export interface DiffLine {
  kind: "same" | "add" | "del" | "hunk"
  /** line number in the new text, or in the old one for a removed line; none for a hunk's head */
  number: number | undefined
  text: string
}

/** Lines of a unified diff; what stands before its first hunk is left out. */
export function readPatch(patch: string): DiffLine[] {
  const lines: DiffLine[] = []
  let [before, after] = [0, 0]
  let inside = false
  for (const line of patch.replace(/\n$/, "").split("\n")) {
    const hunk = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@(.*)$/.exec(line)
    if (hunk) {
      ;[before, after, inside] = [Number(hunk[1]), Number(hunk[2]), true]
      if (lines.length > 0)
        lines.push({ kind: "hunk", number: undefined, text: hunk[3]?.trim() ?? "" })
    } else if (inside && line.startsWith("+")) {
      lines.push({ kind: "add", number: after++, text: line.slice(1) })
    } else if (inside && line.startsWith("-")) {
      lines.push({ kind: "del", number: before++, text: line.slice(1) })
    } else if (inside && !line.startsWith("\\")) {
      before += 1
      lines.push({ kind: "same", number: after++, text: line.slice(1) })
    }
  }
  return lines
}

/**
 * Lines of a replacement whose place in the file is not known: what both texts begin and end with
 * stays, the rest is removed and added.
 */
export function replacementLines(find: string, replace: string): DiffLine[] {
  const [old, fresh] = [find.split("\n"), replace.split("\n")]
  const head = commonHead(old, fresh)
  const tail = commonHead([...old.slice(head)].reverse(), [...fresh.slice(head)].reverse())
  const as = (kind: DiffLine["kind"], lines: string[]) =>
    lines.map((text) => ({ kind, number: undefined, text }))
  return [
    ...as("same", old.slice(0, head)),
    ...as("del", old.slice(head, old.length - tail)),
    ...as("add", fresh.slice(head, fresh.length - tail)),
    ...as("same", old.slice(old.length - tail)),
  ]
}

function commonHead(a: readonly string[], b: readonly string[]): number {
  const different = a.findIndex((line, at) => line !== b[at])
  return different === -1 ? Math.min(a.length, b.length) : different
}

/** Lines of a text that is all new. */
export function addedLines(text: string): DiffLine[] {
  return text
    .replace(/\n$/, "")
    .split("\n")
    .map((line, at) => ({ kind: "add", number: at + 1, text: line }))
}
