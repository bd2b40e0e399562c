import { z } from "zod"
import { brief } from "../whole-words.ts"
import type { RecordedCall } from "./journal.ts"
import { passedTests, runsTests } from "./test-runners.ts"

/** A call that shows that something works, as whoever made it names it. */
export const proof = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("test"),
    name: z.string().min(1).max(300).describe("of a test that passed, as its run printed it"),
  }),
  z.object({
    kind: z.literal("page"),
    path: z.string().max(2000).describe("as it was fetched"),
    method: z.string().max(10).optional(),
    status: z.number().int().optional().describe("when it has to be one of 400 or more"),
    contains: z.string().min(1).max(300).optional().describe("text of the answer"),
  }),
  z.object({
    kind: z.literal("command"),
    argv: z.array(z.string()).min(1),
    contains: z.string().min(1).max(300).optional().describe("text that it printed"),
  }),
])
export type Proof = z.infer<typeof proof>
type Of<Kind extends Proof["kind"]> = Extract<Proof, { kind: Kind }>

/** What the newest such call shows, or why that proves nothing. */
export function proofIn(
  calls: readonly RecordedCall[],
  named: Proof,
): { why: string } | { say: string } {
  if (named.kind === "test") return testIn(calls, named)
  if (named.kind === "page") return pageIn(calls, named)
  return commandIn(calls, named)
}

const command = z.object({ argv: z.array(z.string()) })
const ended = z.object({ exitCode: z.number().nullable(), stdout: z.string(), stderr: z.string() })
const asked = z.object({ path: z.string(), method: z.string().optional() })
const answered = z
  .object({
    ...{ status: z.number(), body: z.string().optional(), tree: z.string().optional() },
    notLoaded: z.never().optional(),
  })
  .transform(({ status, body, tree }) => ({ status, text: body ?? tree ?? "" }))

const newestRun = (calls: readonly RecordedCall[], wanted: (argv: string[]) => boolean) => {
  const isWanted = ({ name, input }: RecordedCall) =>
    name === "run_command" && wanted(command.safeParse(input).data?.argv ?? [])
  return ended.safeParse(calls.findLast(isWanted)?.output).data
}

function testIn(calls: readonly RecordedCall[], { name }: Of<"test">) {
  const run = newestRun(calls, runsTests)
  if (!run) return { say: "you have run no tests since files last changed." }
  if (passedTests(run).has(name.trim())) return { why: `The test “${name.trim()}” passed.` }
  return { say: `no test called “${brief(name, 120)}” passed when you last ran the tests.` }
}

function pageIn(calls: readonly RecordedCall[], page: Of<"page">) {
  const { path, method = "GET", contains, status } = page
  const call = calls.findLast(({ name, input }) => {
    const request = asked.safeParse(input).data
    return /_page$/.test(name) && request?.path === path && (request.method ?? "GET") === method
  })
  const answer = answered.safeParse(call?.output).data
  const what = `${method} ${path}`
  if (!answer) return { say: `you have not fetched ${what} since files last changed.` }
  const fits = status === undefined ? answer.status < 400 : answer.status === status
  if (!fits) return { say: `${what} answered ${answer.status}.` }
  const shown = contains === undefined ? "" : ` with “${brief(contains, 120)}”`
  if (contains !== undefined && !answer.text.includes(contains)) {
    return { say: `${what} answered without “${brief(contains, 120)}”.` }
  }
  return { why: `${what} answered ${answer.status}${shown}.` }
}

function commandIn(calls: readonly RecordedCall[], { argv, contains }: Of<"command">) {
  const run = newestRun(calls, (ran) => ran.join("\0") === argv.join("\0"))
  const what = brief(argv.join(" "), 120)
  if (!run) return { say: `you have not run ${what} since files last changed.` }
  if (run.exitCode !== 0) return { say: `${what} exited with ${run.exitCode}.` }
  if (contains !== undefined && !`${run.stdout}\n${run.stderr}`.includes(contains)) {
    return { say: `${what} did not print “${brief(contains, 120)}”.` }
  }
  const shown = contains === undefined ? "" : ` and printed “${brief(contains, 120)}”`
  return { why: `${what} exited with 0${shown}.` }
}
