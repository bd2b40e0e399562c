/** testing and integration of a starter: its own tests prove it, and its first page is looked at. */
import { isGivenFile } from "./left-aside.ts"
import { linesOfJson, sectionIn } from "./prompt.ts"
import { complaint, exitCodeIn, outputOf, statusIn, succeeded, usualTests } from "./tool-answers.ts"
import { parsed, type ToolUse, type Transcript } from "./transcript.ts"
import { say, type Turn, use } from "./turn.ts"

/** The command stands in the instructions, as JSON. */
const testsOf = ({ prompt }: Transcript): unknown => {
  const [, told] = / by (\[.*?\]), and /.exec(sectionIn(prompt, "instructions")) ?? []
  return told === undefined ? usualTests : parsed(told)
}

export function testStarter(transcript: Transcript): Turn {
  const run = transcript.uses.find(({ name }) => name === "run_command")
  if (run) return passed(run) ? accountForAll(transcript, run) : say(failureOf(run))
  if (!transcript.offered.has("run_command")) return say("I have no tool to run its tests.")
  const input = { argv: testsOf(transcript) }
  return use("Running the tests that it brings.", { name: "run_command", input })
}

/** Its tests hold for all that the starter has. */
function accountForAll(transcript: Transcript, run: ToolUse): Turn {
  const { uses, offered, prompt } = transcript
  const text = `The tests pass. ${counts(run)}`
  const open = linesOfJson(sectionIn(prompt, "clauses")).filter((words) => !isGivenFile(words))
  const told = uses.some(({ name }) => name === "account_for")
  if (told || open.length === 0 || !offered.has("account_for")) return say(text)
  const proof = { kind: "command", argv: testsOf(transcript) }
  const clauses = open.map((words) => ({ words, built: true, proof }))
  return use(text, { name: "account_for", input: { clauses } })
}

const passed = (run: ToolUse) => !run.result?.failed && exitCodeIn(run.result) === 0

function counts(run: ToolUse): string {
  const line = outputOf(run.result, 4000).match(/^(?:\W*pass|Ran) (\d+)(?: tests? in .*)?$/m)
  return line ? `${line[1]} of them ran.` : ""
}

function failureOf(run: ToolUse): string {
  const evidence = outputOf(run.result) || complaint(run.result)
  return `The tests fail. This is the end of what they printed:\n\n${evidence}`
}

export function lookAtStarter({ uses, offered }: Transcript): Turn {
  const started = uses.findLast(({ name }) => name === "start_app")
  if (!started) {
    if (!offered.has("start_app")) return say("I have no tool to start the app.")
    return use("Starting the app.", { name: "start_app", input: {} })
  }
  if (!succeeded(started.result))
    return say(`The app did not start: ${complaint(started.result, 1200)}`)
  const page = uses.find(({ name }) => name === "fetch_page")
  if (!page && offered.has("fetch_page"))
    return use("It runs. Looking at its first page.", { name: "fetch_page", input: { path: "/" } })
  const status = statusIn(page?.result)
  return say(
    page && succeeded(page.result) && (status ?? 0) < 400
      ? `The app runs, and its first page answered ${status ?? ""}.`
      : `The app runs, but its first page did not answer: ${complaint(page?.result, 400)}`,
  )
}
