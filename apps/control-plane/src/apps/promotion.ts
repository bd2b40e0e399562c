import type { IdOf } from "@vibecaas/contract/kinds"
import type { Ctx } from "../core/ctx.ts"
import { placeHold, releaseHold } from "../core/holds.ts"
import { deleteDrafts, findDraft, stopMachine } from "../machines/index.ts"
import { restartLimits } from "./next-step.ts"
import { findOfProject, findOnMachine } from "./queries.ts"
import type { Ended, Promotion, PromotionSeen } from "./sessions.ts"
import { startApp } from "./start-app.ts"

/**
 * What was proved on a draft is trusted no more than the draft was. Files of which nobody ever
 * started an app are not started by this either.
 */
export async function promote(ctx: Ctx, { projectId, commit, by }: Promotion): Promise<void> {
  const draft = await findDraft(ctx.db, { projectId, draftOf: by.id })
  const tried = draft && (await findOnMachine(ctx.db, draft.id))
  if (!tried && !(await findOfProject(ctx.db, projectId))) return
  const app = await startApp(ctx, { projectId, commit, trust: draft?.trust ?? "untrusted" })
  await placeHold(ctx, { on: { loop: "apps", id: app.id }, by })
}

export async function promotion(
  ctx: Ctx,
  { projectId, commit }: Promotion,
): Promise<PromotionSeen> {
  const app = await findOfProject(ctx.db, projectId)
  if (!app) return { is: "done" }
  if (app.commitWanted !== commit) return failed("Another version was asked for meanwhile.")
  if (app.phase !== "settled") return { is: "under way" }
  if (app.commitRefused === commit) return failed(app.failure ?? "It was taken back.")
  if (app.state === "running" && app.commit === commit) return { is: "done" }
  if (app.state === "stopped") return failed("The machine was stopped before it could start.")
  const gaveUp = app.state === "crashed" && app.restarts >= restartLimits.restartsMax
  return gaveUp ? failed(app.failure ?? "It did not start.") : { is: "under way" }
}

const failed = (why: string): PromotionSeen => ({ is: "failed", why })

/** The commit of the live app that ran well last: what a change was made from, as visitors see it. */
export async function liveCommit(ctx: Ctx, projectId: IdOf<"project">): Promise<string | null> {
  return (await findOfProject(ctx.db, projectId))?.commitProved ?? null
}

type OfRun = Pick<Promotion, "projectId" | "by">

export async function draftSince(ctx: Ctx, { projectId, by }: OfRun): Promise<Date | undefined> {
  const draft = await findDraft(ctx.db, { projectId, draftOf: by.id })
  return draft?.wanted === "running" ? (draft.startedAt ?? draft.updatedAt) : undefined
}

export async function stopDraft(ctx: Ctx, { projectId, by }: OfRun): Promise<void> {
  const draft = await findDraft(ctx.db, { projectId, draftOf: by.id })
  if (draft) await stopMachine(ctx, draft.id)
}

export async function endDraft(ctx: Ctx, { projectId, by, keep = [] }: Ended): Promise<void> {
  await deleteDrafts(ctx, projectId, keep)
  const app = await findOfProject(ctx.db, projectId)
  if (app) await releaseHold(ctx, { on: { loop: "apps", id: app.id }, by })
}
