/** Lines of a text file as a model reads them: each with its number, whole. */
export interface LinesShown {
  text: string
  from: number
  to: number
  total: number
  /** a line alone was longer than what may be shown, and was cut */
  cut: boolean
}

/**
 * As many whole lines from `from` to `to` (both counted from 1) as `charsMax` characters hold; at
 * least one, so that reading on with `to + 1` reaches the end of every file.
 */
export function linesOf(
  text: string,
  range: { from?: number | undefined; to?: number | undefined; charsMax: number },
): LinesShown {
  const lines = linesIn(text)
  const from = Math.min(Math.max(range.from ?? 1, 1), Math.max(lines.length, 1))
  const wanted = lines.slice(from - 1, Math.max(range.to ?? lines.length, from))
  const shown: string[] = []
  let left = range.charsMax
  for (const line of wanted) {
    left -= line.length + 1
    if (left < 0 && shown.length > 0) break
    shown.push(line.slice(0, range.charsMax))
  }
  const cut = (shown[0]?.length ?? 0) < (wanted[0]?.length ?? 0)
  return { text: shown.join("\n"), from, to: from + shown.length - 1, total: lines.length, cut }
}

/** A newline at the end ends the last line; it begins no other. */
export function linesIn(text: string): string[] {
  const lines = text.split("\n")
  if (lines.at(-1) === "") lines.pop()
  return lines
}

/** `12\tconst a = 1` for each line, counted from `from`. */
export function numbered(lines: readonly string[], from: number): string {
  return lines.map((line, index) => `${from + index}\t${line}`).join("\n")
}
