import type { Run } from "@vibecaas/contract/run"
import type { Asked } from "./command.ts"
import { plain } from "./show.ts"
import { type ExitCode, exitCodes } from "./surroundings.ts"

const pollMs = 1000
const unfinished: readonly Run["state"][] = ["queued", "planning", "running"]

/** Says what a run does as it does it, until it ends or asks somebody. */
export async function followRun(asked: Asked, runId: Run["id"]): Promise<ExitCode> {
  const { call, say, sleep } = asked
  let said: Said = { sequence: -1 }
  for (;;) {
    const run = await call("GET /agents/runs/{runId}", { params: { runId } })
    said = await saySteps(asked, runId, said)
    const question = run.inquiries.find(({ state }) => state === "open")
    if (question) {
      say(
        "It asks you something. Answer it in the dashboard; vibecaas runs shows how it goes on.\n",
      )
      return exitCodes.asks
    }
    if (!unfinished.includes(run.state)) {
      say(`${sentences[run.state] ?? run.state}${run.failure ? `: ${plain(run.failure)}` : ""}\n`)
      if (run.summary) say(`${plain(run.summary)}\n`)
      return endOf[run.state] ?? exitCodes.failed
    }
    await sleep(pollMs)
  }
}

/** The last step that was said, and the page that it is on. */
interface Said {
  sequence: number
  cursor?: string
}

async function saySteps({ call, say }: Asked, runId: Run["id"], last: Said): Promise<Said> {
  let { sequence, cursor } = last
  for (;;) {
    const query = { limit: 100, ...(cursor === undefined ? {} : { cursor }) }
    const page = await call("GET /agents/runs/{runId}/steps", { params: { runId }, query })
    for (const step of page.items.filter((each) => each.sequence > last.sequence)) {
      if (step.kind !== "model") say(`${step.ok ? "·" : "✗"} ${plain(step.title)}\n`)
      sequence = step.sequence
    }
    if (page.nextCursor === null) return { sequence, ...(cursor === undefined ? {} : { cursor }) }
    cursor = page.nextCursor
  }
}

const sentences: Partial<Record<Run["state"], string>> = {
  succeeded: "Done",
  partly: "Done in part",
  failed: "It failed",
  cancelled: "It was stopped",
}
const endOf: Partial<Record<Run["state"], ExitCode>> = {
  succeeded: exitCodes.done,
  partly: exitCodes.partly,
}
