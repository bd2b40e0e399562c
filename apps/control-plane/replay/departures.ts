import type { Cassette, CassetteCall, CassetteTask } from "../src/agents/cassettes/cassette.ts"
import { comparable } from "./may-differ.ts"

/** Where a run went another way than it was recorded. */
export interface Departure {
  /** the title of a task; absent when it is about the whole run */
  task?: string
  /** counts the task's calls from 1 */
  call?: number
  what: string
  expected: string
  got: string
}

/** All places at which `played` differs from what was recorded; of each task up to where they part. */
export function departures(recorded: Cassette, played: Cassette): Departure[] {
  const all = recorded.tasks.flatMap((task, at) => inTask(task, played.tasks[at]))
  const more = played.tasks.slice(recorded.tasks.length)
  for (const { title } of more) {
    all.push({ task: title, what: "the task", expected: "no such task", got: "it was planned" })
  }
  const ends = [
    { what: "the run's state", expected: recorded.end.state, got: played.end.state },
    ...(recorded.end.tree === null
      ? []
      : [{ what: "the files it left", expected: recorded.end.tree, got: `${played.end.tree}` }]),
  ]
  return [...all, ...ends.filter(({ expected, got }) => expected !== got)]
}

function inTask(recorded: CassetteTask, played: CassetteTask | undefined): Departure[] {
  const task = recorded.title
  if (!played) return [{ task, what: "the task", expected: "it was planned", got: "no such task" }]
  const found: Departure[] = []
  const alone = ranAlone(recorded)
  const { length } = played.calls.length > recorded.calls.length ? played.calls : recorded.calls
  for (let at = 0; at < length; at++) {
    const [before, now] = [recorded.calls[at], played.calls[at]]
    const here = { task, call: at + 1 }
    const [expected, got] = [nameOf(before), nameOf(now)]
    // From here on one call stands beside another: nothing more can be learnt.
    if (expected !== got) {
      found.push({ ...here, what: "what was called", expected, got })
      break
    }
    if (!alone && seesOthers.has(before?.kind === "tool" ? before.name : "")) continue
    found.push(...inCall(before, now).map((each) => ({ ...here, ...each })))
  }
  const { state } = recorded
  if (state !== played.state) {
    const got = `${played.state}: ${played.evidence ?? ""}`
    found.push({ task, what: "how the task ended", expected: state, got })
  }
  return found
}

/** Tools that show what tasks beside theirs have written so far, which nobody can tell beforehand. */
const seesOthers = new Set(["list_files", "search_files", "list_symbols", "diff"])

function ranAlone({ calls }: CassetteTask): boolean {
  const [first, last] = [calls[0], calls.at(-1)]
  return first === undefined || last === undefined || last.order - first.order < calls.length
}

/** Answers of models are compared by the calls that come of them. */
function nameOf(call: CassetteCall | undefined): string {
  if (!call) return "nothing more"
  if (call.kind === "model") return call.failure ? "a model that failed" : "an answer of the model"
  return call.kind === "check" ? `the check (${call.name})` : `${call.name} (${call.key})`
}

type Difference = Pick<Departure, "what" | "expected" | "got">

function inCall(before: CassetteCall | undefined, now: CassetteCall | undefined): Difference[] {
  if (!before || !now || before.kind === "model" || now.kind === "model") return []
  const what = before.kind === "check" ? "what the check showed" : `what ${before.name} answered`
  const texts = [before, now].map(({ name, ok, output }) =>
    // Where nobody can look that is no failure: its output says whether the page passed.
    JSON.stringify(comparable(name === "browser" ? { output } : { ok, output }), null, 2),
  )
  const [expected = "", got = ""] = texts
  return expected === got ? [] : [{ what, ...aroundFirstDifference(expected, got) }]
}

const linesAround = 2
const lineCharsMax = 300

/** The first line that differs, with some before it. */
function aroundFirstDifference(expected: string, got: string): { expected: string; got: string } {
  const [before, now] = [expected.split("\n"), got.split("\n")]
  const at = before.findIndex((line, index) => line !== now[index])
  const first = at < 0 ? before.length : at
  const shown = (lines: string[]) =>
    lines
      .slice(Math.max(0, first - linesAround), first + linesAround + 1)
      .map((line) =>
        line.length > lineCharsMax ? cutAround(line, before[first], now[first]) : line,
      )
      .join("\n")
  return { expected: shown(before), got: shown(now) }
}

/** Of a long line the part in which it begins to differ. */
function cutAround(line: string, one = "", other = ""): string {
  let at = 0
  while (at < one.length && one[at] === other[at]) at += 1
  const from = Math.max(0, Math.min(at, line.length) - lineCharsMax / 2)
  return `${from > 0 ? "…" : ""}${line.slice(from, from + lineCharsMax)}…`
}

/** For people: one departure, with where it is. */
export function inWords({ task, call, what, expected, got }: Departure): string {
  const place = [task === undefined ? "" : `“${task}”`, call === undefined ? "" : `call ${call}`]
  const head = [...place.filter(Boolean), what].join(", ")
  return `${head}\n${indented("recorded", expected)}\n${indented("now", got)}`
}

const indented = (label: string, text: string) => `  ${label}:\n${text.replaceAll(/^/gm, "    ")}`
