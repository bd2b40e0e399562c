/** The first words of a text that fit into `charsMax` characters. */
export function wholeWords(text: string, charsMax: number): string {
  if (text.length <= charsMax) return text
  const end = text.slice(0, charsMax + 1).search(/\s\S*$/)
  // A first word that leaves most of the room empty, before an address for example, says too little.
  if (end >= charsMax / 2) return text.slice(0, end).trimEnd()
  return text.slice(0, charsMax).replace(/[\ud800-\udbff]$/, "")
}

/** The same, ended by "…" where words were left out; no longer than `charsMax`. */
export function brief(text: string, charsMax: number): string {
  if (text.length <= charsMax) return text
  return `${wholeWords(text, charsMax - 1).replace(/[,;:]$/, "")}…`
}
