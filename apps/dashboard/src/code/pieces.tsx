import type { CodeLine } from "./code-line.ts"

/** A line of code in its colours. */
export function Pieces({ line }: { line: CodeLine | undefined }) {
  if (!line || line.length === 0) return " "
  return line.map(({ text, look }, at) =>
    look === "" ? (
      text
    ) : (
      <span key={at} className={look}>
        {text}
      </span>
    ),
  )
}
