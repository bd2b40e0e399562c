import type { LogLine } from "./log-lines.ts"

/** How bad a line of a log is, by what it says itself: a machine keeps both outputs of an app in one. */
export type LogLevel = "error" | "warning" | "other"

/** Levels of loggers that write a line as JSON, from which number on. */
const numbered = { error: 50, warning: 40 }

const stamp = String.raw`^(?:\[?\d{4}[-/]\d\d[-/]\d\d[T ][\d:.,]+(?:Z|[+-]\d\d:?\d\d)?\]?\s+)?`
const errorWords = new RegExp(
  `${stamp}(?:\\[?(?:error|err|fatal|critical|panic|emerg|alert)\\b\\]?|(?:\\w+\\.)*\\w*(?:Error|Exception)\\b(?::| \\[|$)|Uncaught\\b|Unhandled\\w*|Traceback \\(|thread '.*' panicked)`,
  "i",
)
const warningWords = new RegExp(
  `${stamp}(?:\\[?warn(?:ing)?\\b\\]?|\\(node:\\d+\\) |(?:npm )?warn\\b|\\w*Warning\\b:)`,
  "i",
)

/** The level of each line; what is indented below an error, such as a stack, belongs to it. */
export function levelsOf(lines: readonly LogLine[]): readonly LogLevel[] {
  let above: LogLevel = "other"
  return lines.map((line) => {
    if ("startedAt" in line) above = "other"
    else if (!/^(\s|$|[}\])])/.test(line.text)) above = levelOf(line.text)
    return above
  })
}

function levelOf(text: string): LogLevel {
  if (text.startsWith("{")) return levelInJson(text)
  if (errorWords.test(text)) return "error"
  return warningWords.test(text) ? "warning" : "other"
}

function levelInJson(text: string): LogLevel {
  const [, said = ""] = /"(?:level|severity|levelname)"\s*:\s*"?(\w+)/i.exec(text) ?? []
  const number = Number(said)
  if (said !== "" && Number.isFinite(number)) {
    if (number >= numbered.error) return "error"
    return number >= numbered.warning ? "warning" : "other"
  }
  if (/^(error|err|fatal|critical|panic|emerg|alert)/i.test(said)) return "error"
  return /^warn/i.test(said) ? "warning" : "other"
}
