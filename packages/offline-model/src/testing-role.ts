/** testing: writes the tests, runs them, and repairs once from the spec before it gives up. */
import type { AppFile } from "./blueprints/index.ts"
import { bringFiles } from "./bring-files.ts"
import { isGivenFile } from "./left-aside.ts"
import { linesOfJson, sectionIn } from "./prompt.ts"
import type { TaskOrders } from "./task-orders.ts"
import { complaint, exitCodeIn, outputOf } from "./tool-answers.ts"
import type { ToolUse, Transcript } from "./transcript.ts"
import type { Turn } from "./turn.ts"
import { say, use } from "./turn.ts"
import { filesOf, report } from "./writing-roles.ts"

export const runTests = { name: "run_command", input: { argv: ["node", "--test"] } }

export function writeAndRunTests(transcript: Transcript, orders: TaskOrders): Turn {
  const runs = transcript.uses.filter((each) => each.name === "run_command")
  const [first, second] = runs
  if (!first) return beforeTheRun(transcript, orders)
  if (passed(first)) return accountForAll(transcript, first)
  if (second)
    return passed(second)
      ? account(transcript, `After writing some files again the tests pass. ${counts(second)}`)
      : say(failureOf(second))
  return repair(transcript, { orders, run: first })
}

/** Its tests hold for all that the starter has. */
export const accountForAll = (transcript: Transcript, run: ToolUse): Turn =>
  account(transcript, `The tests pass. ${counts(run)}`)

/** The tests were written from the same spec as the app, for all of it. */
function account({ uses, offered, prompt }: Transcript, text: string): Turn {
  const open = linesOfJson(sectionIn(prompt, "clauses")).filter((words) => !isGivenFile(words))
  const told = uses.some(({ name }) => name === "account_for")
  if (told || open.length === 0 || !offered.has("account_for")) return say(text)
  const proof = { kind: "command", argv: runTests.input.argv }
  const clauses = open.map((words) => ({ words, built: true, proof }))
  return use(text, { name: "account_for", input: { clauses } })
}

function beforeTheRun(transcript: Transcript, orders: TaskOrders): Turn {
  const progress = bringFiles(transcript, {
    write: filesOf(orders, orders.write),
    remove: orders.remove,
  })
  if ("next" in progress) return progress.next
  if (!transcript.offered.has("run_command")) {
    return say(
      `${report(progress)} I have no tool to run commands, so the tests have not been run.`,
    )
  }
  return use(`${report(progress)} Running the tests.`, runTests)
}

/** Everything this plan wrote is read again; what differs from the spec is written again, once. */
function repair(
  transcript: Transcript,
  { orders, run }: { orders: TaskOrders; run: ToolUse },
): Turn {
  const since = transcript.uses.slice(transcript.uses.indexOf(run) + 1)
  const files: AppFile[] = filesOf(orders, orders.repair)
  const progress = bringFiles({ ...transcript, uses: since }, { write: files, remove: [] })
  if ("next" in progress) return progress.next
  if (progress.written.length === 0) return say(failureOf(run))
  return use(`${report(progress)} Running the tests again.`, runTests)
}

export function passed(run: ToolUse): boolean {
  return !run.result?.failed && exitCodeIn(run.result) === 0
}

function counts(run: ToolUse): string {
  const line = outputOf(run.result, 4000).match(/^\W*pass (\d+)$/m)
  return line ? `${line[1]} of them ran.` : ""
}

export function failureOf(run: ToolUse): string {
  const evidence = outputOf(run.result) || complaint(run.result)
  return `The tests fail, and I could not repair it. This is the end of what they printed:\n\n${evidence}`
}
