import { minutes } from "@vibecaas/reconcile/next"
import type { Ctx } from "../core/ctx.ts"
import type { AgentsParts } from "./agents-parts.ts"
import { listInquiries } from "./queries/inquiries.ts"
import type { RunRow } from "./run.ts"
import { activeTaskStates, readyTasks, type TaskRow } from "./task.ts"

/** When a run's draft is to be stopped: undefined unless it runs and nothing but a person is waited for. */
export async function seeIdleDraft(
  { machines, budgets }: Pick<AgentsParts, "machines" | "budgets">,
  ctx: Ctx,
  { run, tasks }: { run: RunRow; tasks: readonly TaskRow[] },
): Promise<Date | undefined> {
  const atWork = tasks.some(({ state }) => activeTaskStates.includes(state))
  if (atWork || readyTasks(tasks).length > 0) return undefined
  const waiting = await waitingSince(ctx, run)
  if (!waiting) return undefined
  const of = { projectId: run.projectId, by: { loop: "runs", id: run.id } } as const
  const started = await machines.draftSince(ctx, of)
  if (!started) return undefined
  // Whoever starts it again, to look at it, has it as long.
  const from = Math.max(waiting.getTime(), started.getTime())
  return new Date(from + minutes(budgets.run.draftMinutesMax))
}

/** Since when a person's answer, or their choice between candidates, is waited for. */
async function waitingSince(ctx: Ctx, run: RunRow): Promise<Date | undefined> {
  if (run.provedAt !== null) return run.chosen ? undefined : run.provedAt
  const open = (await listInquiries(ctx.db, [run.id])).filter(({ state }) => state === "open")
  if (open.length === 0) return undefined
  return new Date(Math.max(...open.map(({ askedAt }) => askedAt.getTime())))
}
