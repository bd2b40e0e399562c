import { brief } from "../whole-words.ts"

/** What a model wrote as a call's arguments, or why that cannot be read. */
export function readInput(text: string): { input: unknown } | { wrong: string } {
  // Some servers send nothing for a call without arguments.
  if (text.trim() === "") return { input: {} }
  try {
    const input: unknown = JSON.parse(text)
    if (typeof input === "object" && input !== null && !Array.isArray(input)) return { input }
    return { wrong: "they must be an object" }
  } catch (error) {
    return { wrong: whereItBreaks(text, error) }
  }
}

/** The parser's own words repeat some of the text, or none; the place is what helps. */
function whereItBreaks(text: string, error: unknown): string {
  const said = error instanceof Error ? error.message : ""
  const position = Number(/position (\d+)/.exec(said)?.[1] ?? Number.NaN)
  if (Number.isNaN(position)) return `${brief(said, 160)} (${text.length} characters)`
  const before = JSON.stringify(text.slice(Math.max(0, position - 30), position))
  return `${said.replace(/ in JSON at .*/, "")} at character ${position} of ${text.length}, after ${before}`
}

/** What stands in the conversation for arguments that cannot be sent again, because they are no JSON. */
export const unreadable = (text: string) => ({ unreadable: brief(text, 200) })

/** What a schema found wrong, with the place of each mistake. */
export function issuesOf(error: unknown): string {
  const { issues = [] } = error as { issues?: Issue[] }
  if (issues.length === 0) return error instanceof Error ? brief(error.message, 300) : "invalid"
  const told = issues.slice(0, 5).map(({ path, message }) => {
    const place = path?.join(".")
    return place ? `${place}: ${message}` : message
  })
  return brief(told.join("; "), 600)
}

interface Issue {
  path?: PropertyKey[]
  message: string
}
