import { apiKeyId } from "@vibecaas/contract/kinds/keys"
import type { Ctx } from "../core/ctx.ts"
import { want } from "../core/resource.ts"
import { rightsOfKey } from "../keys/index.ts"
import { standingIn } from "../people/index.ts"
import { moveRun } from "./queries/runs.ts"
import { moveTasks } from "./queries/tasks.ts"
import { recordStep } from "./record-step.ts"
import type { RunRow } from "./run.ts"
import { runResource } from "./run-resource.ts"
import { unmeasured } from "./step.ts"
import { type TaskRow, triesOf } from "./task.ts"

/**
 * A run has at most the rights of who started it, or tried it again, as they are when a task
 * begins: this is the sentence that says which they have lost; undefined while they have them.
 */
export async function lostRight(
  ctx: Ctx,
  run: Pick<RunRow, "startedById" | "startedByName" | "projectId">,
): Promise<string | undefined> {
  if (apiKeyId.safeParse(run.startedById).success) return lostByKey(ctx, run)
  const standing = await standingIn(ctx, { projectId: run.projectId, userId: run.startedById })
  if (standing?.can("run:start")) return undefined
  const who = `${run.startedByName}, on whose behalf the agents worked,`
  if (standing === undefined) return `${who} is not a member of the organization any more.`
  const { role } = standing
  return role
    ? `${who} may not start runs any more: their role is ${role}.`
    : `${who} may not start runs any more.`
}

async function lostByKey(
  ctx: Ctx,
  { startedById: keyId, startedByName }: Pick<RunRow, "startedById" | "startedByName">,
): Promise<string | undefined> {
  const rights = await rightsOfKey(ctx, { keyId })
  if (rights?.includes("run:start")) return undefined
  const who = `${startedByName}, on whose behalf the agents worked,`
  return rights === undefined
    ? `${who} was revoked, or its time is over.`
    : `${who} may not start runs any more.`
}

/** Asks for the run to stop before the task does anything; why is in its journal. */
export async function withdraw(
  ctx: Ctx,
  { run, task }: { run: RunRow; task: TaskRow },
  reason: string,
): Promise<void> {
  const at = ctx.clock.now()
  const tries = triesOf(task)
  // A try of its own: when the run is tried again, its rows are not taken for this one.
  await moveTasks(ctx.db, [task.id], { from: [task.state], set: { tries }, at })
  await recordStep(ctx, run, {
    id: ctx.newId("stp"),
    organizationId: run.organizationId,
    runId: run.id,
    taskId: task.id,
    ...{ tryNumber: tries, callKey: "rights", kind: "check", name: "rights" },
    title: `stopped: ${reason}`.slice(0, 300),
    ok: false,
    input: { startedBy: run.startedByName },
    output: { evidence: reason },
    truncated: false,
    ...{ commitAfter: null, linesAdded: null, linesRemoved: null, cost: null },
    ...unmeasured,
    startedAt: at,
    durationMs: 0,
  })
  await want(ctx, runResource, {
    action: "run.cancel",
    details: { projectId: run.projectId, reason },
    write: async () => {
      const set = { wanted: "cancelled" as const, failure: reason }
      await moveRun(ctx.db, run.id, { from: run.state, set, at })
      return { ...run, ...set }
    },
  })
}
