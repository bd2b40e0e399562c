import type { IdOf } from "@vibecaas/contract/kinds"
import { aiUsual, type ProjectAi } from "@vibecaas/contract/kinds/ai"
import { centsOf, microdollarsOf } from "@vibecaas/contract/money"
import { changed } from "../core/changes.ts"
import type { Ctx } from "../core/ctx.ts"
import { emit } from "../core/emit.ts"
import { monthAfter, monthOf } from "../core/month.ts"
import { record } from "../core/record.ts"
import { versionMismatch } from "../core/version-mismatch.ts"
import { lockLivingProject, needProject } from "../projects/index.ts"
import type { AiParts } from "./ai-parts.ts"
import { dropAiSecret, newAiSecret } from "./keys.ts"
import { answering, chosenModels } from "./models-of.ts"
import { type AiRow, findAi, putAi, usedInMonth } from "./queries.ts"

type ShownWith = Pick<AiParts, "models">

/** @throws Fault `not_found` */
export async function showAi(
  ctx: Ctx,
  parts: ShownWith,
  projectId: IdOf<"project">,
): Promise<ProjectAi> {
  await needProject(ctx, projectId)
  const now = ctx.clock.now()
  const row = await findAi(ctx.db, projectId)
  const used = await usedInMonth(ctx.db, projectId, monthOf(now))
  return {
    ...{ organizationId: ctx.organizationId, projectId, enabled: row?.enabled ?? false },
    tokensMax: row?.tokensMax ?? aiUsual.tokensMax,
    centsMax: row ? centsOf(row.costMax) : aiUsual.centsMax,
    used: { tokens: used.tokens, cents: centsOf(used.cost), calls: used.calls },
    beginsAnew: monthAfter(now).toISOString(),
    models: answering(parts.models, await chosenModels(ctx)),
    changedAt: row?.changedAt.toISOString() ?? null,
    changedBy: row?.changedByName ?? null,
    version: row?.version ?? 0,
  }
}

export interface AiChange {
  enabled?: boolean | undefined
  tokensMax?: number | undefined
  centsMax?: number | undefined
}

/**
 * Lets a project's app ask models, or not: doors open or close at once, and an app that runs has the key
 * after its next start.
 *
 * @param change.ifMatch the version that it is based on; any when absent
 * @param change.approvedBy who allowed it, where an agent asked for it
 * @throws Fault `not_found`, `wrong_state` while the project is being deleted, `version_mismatch`
 */
export async function changeAi(
  ctx: Ctx,
  parts: Pick<AiParts, "vault" | "models">,
  change: {
    projectId: IdOf<"project">
    ifMatch: number | undefined
    set: AiChange
    approvedBy?: string
  },
): Promise<ProjectAi> {
  const { projectId, ifMatch, set, approvedBy } = change
  const { name: about } = await lockLivingProject(ctx, projectId)
  const before = await findAi(ctx.db, projectId)
  const version = before?.version ?? 0
  if (ifMatch !== undefined && ifMatch !== version) throw versionMismatch("this setting")
  const enabled = set.enabled ?? before?.enabled ?? false
  const cents = set.centsMax ?? (before ? centsOf(before.costMax) : aiUsual.centsMax)
  const limits = {
    tokensMax: set.tokensMax ?? before?.tokensMax ?? aiUsual.tokensMax,
    costMax: microdollarsOf(cents),
  }
  await putAi(ctx.db, {
    ...{ projectId, organizationId: ctx.organizationId, enabled, ...limits },
    ...(await switched(ctx, parts, { projectId, before, enabled })),
    ...{ version: version + 1, updatedAt: ctx.clock.now() },
  })
  const details = { about, enabled, tokensMax: limits.tokensMax, centsMax: cents }
  const by = approvedBy === undefined ? {} : { approvedBy }
  record(ctx, { action: "project.ai", subject: projectId, details: { ...details, ...by } })
  changed(ctx, `ai/${projectId}`, async () => {
    const data = await showAi(ctx, parts, projectId)
    emit(ctx, { kind: "ai.changed", about: { project: projectId }, id: projectId, data })
  })
  return showAi(ctx, parts, projectId)
}

type Switched = Pick<AiRow, "changedAt" | "changedByName">

/** Turned on, it has a new secret; turned off, none. */
async function switched(
  ctx: Ctx,
  { vault }: Pick<AiParts, "vault">,
  of: { projectId: IdOf<"project">; before: AiRow | undefined; enabled: boolean },
): Promise<Switched> {
  const { projectId, before, enabled } = of
  if (before && before.enabled === enabled) {
    const { changedAt, changedByName } = before
    return { changedAt, changedByName }
  }
  if (enabled) await newAiSecret(ctx, vault, projectId)
  else await dropAiSecret(ctx, vault, projectId)
  return { changedAt: ctx.clock.now(), changedByName: ctx.actor.name }
}
