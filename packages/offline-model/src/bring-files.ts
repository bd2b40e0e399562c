/**
 * Brings files to a wanted content, one step a call: see what is there, read it, write a few at a
 * time. Where we are is read off the tool uses so far.
 */
import type { AppFile } from "./blueprints/index.ts"
import { nextEdit } from "./blueprints/index.ts"
import { complaint, fileIn, pathsIn, succeeded } from "./tool-answers.ts"
import type { ToolUse, Transcript } from "./transcript.ts"
import type { Turn } from "./turn.ts"
import { use } from "./turn.ts"

const readsAtOnce = 8
const writesAtOnce = 4

export type Progress = { next: Turn } | { written: string[]; failed: string[]; unchanged: string[] }

export interface Goal {
  write: AppFile[]
  remove: string[]
}

export function bringFiles({ uses, offered }: Transcript, { write, remove }: Goal): Progress {
  const listing = last(uses, (each) => each.name === "list_files")
  if (!listing && offered.has("list_files")) {
    return { next: use("First, what is already here.", { name: "list_files", input: {} }) }
  }
  const present = new Set(pathsIn(listing?.result))
  const unread = write.filter((file) => present.has(file.path) && !wasRead(uses, file.path))
  if (unread.length > 0 && offered.has("read_file")) {
    const calls = unread
      .slice(0, readsAtOnce)
      .map(({ path }) => ({ name: "read_file", input: { path } }))
    return { next: use("Reading what exists before changing it.", ...calls) }
  }
  const states = write.map((file) => ({ file, state: stateOf(uses, file) }))
  const deletions = remove.filter(
    (path) => present.has(path) && stepsOn(uses, path, ["delete_file"]).length === 0,
  )
  const open = states
    .filter(({ state }) => state === "open")
    .map(({ file }) => writeCall(uses, file))
  const calls = [...open, ...deletions.map((path) => ({ name: "delete_file", input: { path } }))]
  const possible = calls.filter((call) => offered.has(call.name)).slice(0, writesAtOnce)
  if (possible.length > 0) return { next: use(describe(possible), ...possible) }

  const paths = (wanted: string) =>
    states.filter(({ state }) => state === wanted).map(({ file }) => file.path)
  return {
    written: paths("written"),
    unchanged: paths("unchanged"),
    failed: [...states.filter(({ state }) => state === "failed" || state === "open")].map(
      ({ file }) => `${file.path} (${reasonFor(uses, file.path)})`,
    ),
  }
}

/** A write that failed is tried once more as a whole file; a second failure is final. */
function stateOf(uses: ToolUse[], file: AppFile): "open" | "written" | "failed" | "unchanged" {
  const steps = stepsOn(uses, file.path, ["write_file", "edit_file"])
  if (contentNow(uses, file.path) === file.content)
    return steps.length > 0 ? "written" : "unchanged"
  return steps.filter((step) => !succeeded(step.result)).length < 2 ? "open" : "failed"
}

/** Small changes go one edit a step, as each is found in the text that the one before left. */
function writeCall(uses: ToolUse[], file: AppFile): Turn["calls"][number] {
  const failed = stepsOn(uses, file.path, ["write_file", "edit_file"]).some(
    (step) => !succeeded(step.result),
  )
  const before = contentNow(uses, file.path)
  const edit = before === undefined || failed ? undefined : nextEdit(before, file.content)
  return edit
    ? { name: "edit_file", input: { path: file.path, edits: [edit] } }
    : { name: "write_file", input: { path: file.path, content: file.content } }
}

/** What a file holds after everything we did to it, as far as we know. */
function contentNow(uses: ToolUse[], path: string): string | undefined {
  return stepsOn(uses, path, ["read_file", "write_file", "edit_file"]).reduce<string | undefined>(
    (content, step) => {
      if (!succeeded(step.result)) return content
      if (step.name === "read_file") return fileIn(step.result)
      if (step.name === "write_file") return String(step.input.content)
      return editsOf(step).reduce(
        (text, { find, replace }) => text?.replace(find, () => replace),
        content,
      )
    },
    undefined,
  )
}

/** The edits that we asked for ourselves. */
const editsOf = ({ input }: ToolUse) => (input.edits ?? []) as { find: string; replace: string }[]

function wasRead(uses: ToolUse[], path: string): boolean {
  return stepsOn(uses, path, ["read_file"]).length > 0
}

function stepsOn(uses: ToolUse[], path: string, names: string[]): ToolUse[] {
  return uses.filter((each) => names.includes(each.name) && each.input.path === path)
}

function reasonFor(uses: ToolUse[], path: string): string {
  const step = stepsOn(uses, path, ["write_file", "edit_file"]).at(-1)
  return step ? complaint(step.result, 120) : "I was given no tool to write it"
}

function describe(calls: Turn["calls"]): string {
  const verb = calls.every((call) => call.name === "edit_file") ? "Changing" : "Writing"
  return `${verb} ${calls.map((call) => String(call.input.path)).join(", ")}.`
}

function last<T>(list: T[], wanted: (each: T) => boolean): T | undefined {
  return list.findLast(wanted)
}
