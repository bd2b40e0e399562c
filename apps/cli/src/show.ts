import type { Asked } from "./command.ts"

/** Rows with their columns aligned; nothing for none. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) =>
    Math.max(...rows.map((row) => row[at]?.length ?? 0)),
  )
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join("  ")
      .trimEnd()
  return rows.map((row) => `${line(row)}\n`).join("")
}

/** What was answered: as it came with `--json`, else for people. */
export function show<Answer>(
  { options, out }: Pick<Asked, "options" | "out">,
  answer: Answer,
  words: (answer: Answer) => string,
): void {
  out(options.json ? `${JSON.stringify(answer, null, 2)}\n` : words(answer))
}

// What a terminal would take for a command: words of others must not move its cursor.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are meant
const controls = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/g
export const plain = (text: string) => text.replaceAll(controls, "")
