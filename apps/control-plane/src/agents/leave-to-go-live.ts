import { allow } from "@vibecaas/contract/inquiry"
import type { Ctx } from "../core/ctx.ts"
import { record } from "../core/record.ts"
import type { InquiryRow } from "./inquiry.ts"
import type { Leave } from "./next-run-step.ts"
import { readRules } from "./queries/approval-rules.ts"
import { insertInquiry, listInquiries } from "./queries/inquiries.ts"
import { type RunRow, runInWords } from "./run.ts"
import { runChanged } from "./tell.ts"

const callOf = (commit: string) => `go-live/${commit}`

/** Whether a run's commit may take the live app's place: by the project's rules, and what people said. */
export async function seeLeave(ctx: Ctx, run: RunRow): Promise<Leave> {
  // Whoever chose it from others decided just that.
  if (run.commit === null || run.chosen) return "given"
  const asked = (await listInquiries(ctx.db, [run.id])).find(
    ({ call, state }) => call === callOf(run.commit ?? "") && state !== "withdrawn",
  )
  if (asked) return leaveIn(asked)
  const { goLive } = await readRules(ctx.db, run.projectId)
  return goLive === "allow" ? "given" : "unasked"
}

function leaveIn({ state, answer, answeredByName }: InquiryRow): Leave {
  if (state === "open") return "asked"
  return answer === allow ? "given" : { refused: `${answeredByName} decided: ${answer}.` }
}

export async function askLeave(ctx: Ctx, run: RunRow, commit: string): Promise<void> {
  const row: InquiryRow = {
    id: ctx.newId("inq"),
    organizationId: run.organizationId,
    runId: run.id,
    taskId: null,
    ...{ kind: "approval", call: callOf(commit), state: "open" },
    text: `Put what this run built (commit ${commit.slice(0, 7)}) in the place of the app that people use. It will work on their data; a snapshot of these is taken first, and they are put back if it does not start.`,
    choices: [allow, "Refuse"],
    ...{ answer: null, answeredById: null, answeredByName: null, answeredAt: null },
    askedAt: ctx.clock.now(),
  }
  await insertInquiry(ctx.db, row)
  const details = { about: runInWords(run), projectId: run.projectId, question: row.text }
  record(ctx, { action: "run.ask", subject: run.id, details })
  runChanged(ctx, run.id)
}
