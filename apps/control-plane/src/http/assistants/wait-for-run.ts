import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js"
import { type RunInShort, runInShort } from "@vibecaas/contract/run"
import { runId } from "@vibecaas/contract/run-ids"
import { runAllows } from "@vibecaas/contract/run-states"
import type { Clock } from "@vibecaas/kernel/clock"
import { z } from "zod"
import { type ApiAnswer, failed, told, toldAs } from "./answer.ts"
import type { ApiCall, ApiTool, Arguments, ListedTool } from "./tools.ts"

const secondsMax = 50
/** How often the run is looked at meanwhile, in `ms`. */
const lookEveryMs = 1000

const wanted = z.strictObject({
  runId,
  seconds: z
    .number()
    .min(1, "Wait at least a second.")
    .max(secondsMax, `Wait at most ${secondsMax} seconds, then ask again.`)
    .default(30),
})

export const waitForRun: ListedTool = {
  name: "wait_for_run",
  description: `Waits up to ${secondsMax} seconds for a run to end or to ask something, tells how far it is, and answers what it is like then. Call it again while it is at work. What it asks is for the person: show it and answer with answer_question as they say.`,
  inputSchema: { ...inputOf(), type: "object" },
  annotations: { title: "Wait for a run", readOnlyHint: true, openWorldHint: false },
}

function inputOf() {
  const { $schema: _, ...schema } = z.toJSONSchema(wanted, { io: "input" })
  return schema
}

export interface Waiting {
  clock: Clock
  /** aborts when the client leaves */
  signal: AbortSignal
  ask(call: ApiCall): Promise<ApiAnswer>
  /** says how far it is; called when that changes */
  tell(message: string): Promise<void>
}

/** Looks at a run until it ends, asks, waits for a person, or the time is over. */
export async function wait(
  parts: Waiting,
  getRun: ApiTool,
  given: Arguments,
): Promise<CallToolResult> {
  const parsed = wanted.safeParse(given)
  if (!parsed.success) return failed(z.prettifyError(parsed.error))
  const { clock, signal } = parts
  const until = clock.now().getTime() + parsed.data.seconds * 1000
  let said = ""
  for (;;) {
    const path = `/agents/runs/${parsed.data.runId}`
    const answer = await parts.ask({ method: "GET", path, body: undefined })
    if (answer.status !== 200) return told(getRun, answer)
    const run = runInShort.parse(answer.body)
    const rests = restOf(run)
    const left = until - clock.now().getTime()
    if (rests !== undefined || left <= 0 || signal.aborted)
      return toldAs(run, rests ?? "It is still at work. Call wait_for_run again.")
    const now = progressOf(run)
    if (now !== said) await parts.tell(now)
    said = now
    await clock.sleep(Math.min(lookEveryMs, left), signal).catch(() => {})
  }
}

/** What it waits for or came to, in words; undefined while agents are at it. */
function restOf(run: RunInShort): string | undefined {
  const open = run.inquiries.filter(({ state }) => state === "open")
  if (open.length > 0)
    return `It asks the person. Show them the question and answer as they say:\n${open.map(({ id, text }) => `${id}: ${text}`).join("\n")}`
  if (run.provedAt !== null && run.finishedAt === null)
    return "It is proved and waits for a person to promote it or another candidate in the dashboard."
  const atWork: readonly string[] = runAllows.cancel
  return atWork.includes(run.state) ? undefined : `It has ended: ${run.state}.`
}

function progressOf({ state, tasks }: RunInShort): string {
  const done = tasks.filter((task) => task.state === "succeeded").length
  const now = tasks.filter((task) => ["running", "checking", "fixing"].includes(task.state))
  const names = now.map(({ title }) => title).join(", ")
  return `${state}: ${done} of ${tasks.length} tasks done${names ? `; now: ${names}` : ""}`
}
