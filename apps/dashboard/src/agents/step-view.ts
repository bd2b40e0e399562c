import type { Step } from "@vibecaas/contract/run-step"
import { addedLines, type DiffLine, replacementLines } from "../ui/diff.ts"

export const stepFilters = ["all", "changes", "commands", "tests"] as const
export type StepFilter = (typeof stepFilters)[number]

/** How one row of the journal is shown. */
export interface StepView {
  /** in which filters beside "all" it appears; a test run is a command too */
  filters: readonly Exclude<StepFilter, "all">[]
  /** model answers and looking around are said in a low voice */
  quiet: boolean
  diff: DiffLine[]
  /** what it printed, answered or proved */
  text: string
  /** all that a model said, where the title is only its beginning */
  said: string
  /** beside the text, e.g. "exit 1" */
  result: string | undefined
  /** what the block shows, e.g. a path */
  about: string
}

/**
 * Reads a journal row. Inputs and outputs are the tools' own, so each part is looked for and a row
 * in an unknown shape is shown by its title alone.
 */
export function viewOf(step: Step): StepView {
  const input = fieldsOf(step.input)
  const output = fieldsOf(step.output)
  const view = {
    filters: filtersOf(step, input),
    quiet:
      step.kind === "model" || step.kind === "message" || /^(list|read|search)_/.test(step.name),
    diff: step.ok ? diffOf(step.name, input) : [],
    text: step.kind === "model" ? "" : textOf(output, step),
    said: step.kind === "model" ? saidBeyond(step.title, textAt(output, "text")) : "",
    result: resultOf(output),
    about: textAt(input, "path") || argvOf(input),
  }
  return step.ok || step.kind !== "model" ? view : { ...view, quiet: false }
}

/** Whether the row shows when a filter is chosen. */
export function passes(step: Step, filter: StepFilter): boolean {
  return filter === "all" || viewOf(step).filters.includes(filter)
}

type Fields = Readonly<Record<string, unknown>>

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? { ...value } : {}
}

function textAt(fields: Fields, key: string): string {
  const value = fields[key]
  return typeof value === "string" ? value : ""
}

function argvOf(input: Fields): string {
  return Array.isArray(input.argv) ? input.argv.join(" ") : ""
}

function filtersOf(step: Step, input: Fields): StepView["filters"] {
  if (step.linesAdded !== null || step.linesRemoved !== null) return ["changes"]
  const argv = argvOf(input)
  const command = argv !== "" || step.name === "start_app"
  const test = step.kind === "check" || /(^|\s)(--)?test(\s|$)/.test(argv)
  return [...(command ? ["commands" as const] : []), ...(test ? ["tests" as const] : [])]
}

function diffOf(name: string, input: Fields): DiffLine[] {
  if (name === "write_file") return addedLines(textAt(input, "content"))
  if (name === "edit_file") {
    // Rows of earlier versions hold one edit, without a list.
    const edits = Array.isArray(input.edits) ? input.edits.map(fieldsOf) : [input]
    return edits.flatMap((edit) => replacementLines(textAt(edit, "find"), textAt(edit, "replace")))
  }
  return []
}

function textOf(output: Fields, step: Step): string {
  if (step.name === "look_at_page") return lookedText(output)
  if (/^(list|read|search|write|edit|plan|fetch)_/.test(step.name) && step.ok) return ""
  const printed = [textAt(output, "stdout"), textAt(output, "stderr")].filter(Boolean).join("\n")
  if (step.name === "account_for") return accountIn(output)
  const said = ["evidence", "log", "refused", "notKept", "body", "answer"]
  return (printed || said.map((key) => textAt(output, key)).find(Boolean) || "").trimEnd()
}

/** Each wish with what became of it, then what was not taken. */
function accountIn({ account, wrong }: Fields): string {
  const wishes = Array.isArray(account) ? account.map(fieldsOf) : []
  const lines = wishes.map((each) => `“${textAt(each, "words")}”: ${textAt(each, "why")}`)
  return [...lines, ...(Array.isArray(wrong) ? wrong.map(String) : [])].join("\n")
}

/** What a page complained about. */
function lookedText(output: Fields): string {
  const list = (key: string) => (Array.isArray(output[key]) ? output[key] : [])
  const failed = list("failedRequests").map(fieldsOf)
  return [
    ...["refused", "notLoaded", "stepFailed"].map((key) => textAt(output, key)),
    ...list("errors").map(String),
    ...failed.map((each) => `${each.method} ${each.url}: ${each.why}`),
    ...list("console").flatMap((line) => {
      const { level, text } = fieldsOf(line)
      return level === "error" ? [String(text)] : []
    }),
  ]
    .filter(Boolean)
    .join("\n")
}

function saidBeyond(title: string, text: string): string {
  const squashed = (words: string) => words.replaceAll(/\s+/g, "")
  return squashed(text) === squashed(title) ? "" : text.trim()
}

function resultOf(output: Fields): string | undefined {
  if (output.timedOut === true) return "stopped, took too long"
  if (typeof output.exitCode === "number") return `exit ${output.exitCode}`
  if (typeof output.signal === "string") return output.signal
  return typeof output.status === "number" ? String(output.status) : undefined
}
