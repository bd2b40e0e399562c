import type { IdOf } from "@vibecaas/contract/kinds"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { record } from "../core/record.ts"
import type { InquiryRow } from "./inquiry.ts"
import { needRun } from "./need-run.ts"
import { findInquiry, writeAnswer } from "./queries/inquiries.ts"
import { lockRun } from "./queries/runs.ts"
import { findTask, moveTasks } from "./queries/tasks.ts"
import { runInWords } from "./run.ts"
import { triesOf } from "./task.ts"
import { runChanged } from "./tell.ts"
import { brief } from "./whole-words.ts"

/**
 * Answers what a run asks: its task goes on with the answer. The first one counts; whoever comes
 * later is told of it.
 *
 * @throws Fault `not_found`, `wrong_state` when it was answered or nobody waits for it any more
 */
export async function answerInquiry(
  ctx: Ctx,
  of: { runId: IdOf<"run">; inquiryId: IdOf<"inquiry"> },
  answer: string,
): Promise<InquiryRow> {
  await lockRun(ctx.db, of.runId)
  const run = await needRun(ctx, of.runId)
  const asked = await findInquiry(ctx.db, of)
  if (!asked) throw fault("not_found", { say: "There is no such question." })
  const { actor, clock } = ctx
  const answered = await writeAnswer(ctx.db, asked.id, {
    answer,
    answeredById: actor.id,
    answeredByName: actor.name,
    answeredAt: clock.now(),
  })
  if (!answered) throw tooLate(asked)
  if (asked.taskId) await goOn(ctx, asked.taskId)
  else ctx.wake("runs", run.id)
  const details = { about: runInWords(run), projectId: run.projectId, question: asked.text, answer }
  record(ctx, { action: "run.answer", subject: run.id, details })
  runChanged(ctx, run.id)
  return answered
}

/** Gives the task back to whoever works on tasks. */
async function goOn(ctx: Ctx, id: IdOf<"task">): Promise<void> {
  const task = await findTask(ctx.db, id)
  if (!task) return
  const state = triesOf(task) > task.triesBefore + 1 ? ("fixing" as const) : ("running" as const)
  await moveTasks(ctx.db, [id], { from: ["asking"], set: { state }, at: ctx.clock.now() })
  ctx.wake("tasks", id)
}

function tooLate({ state, answer, answeredByName }: InquiryRow) {
  const say =
    state === "answered"
      ? `${answeredByName} has answered already: “${brief(answer ?? "", 200)}”.`
      : "The run has ended, so nobody waits for an answer any more."
  return fault("wrong_state", { say })
}
