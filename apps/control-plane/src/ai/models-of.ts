import { type AiAlias, aiAliases } from "@vibecaas/contract/ai-aliases"
import type { AiModels } from "@vibecaas/contract/kinds/ai"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { record } from "../core/record.ts"
import { versionMismatch } from "../core/version-mismatch.ts"
import type { AiParts } from "./ai-parts.ts"
import type { AppModel, AppModels } from "./app-models.ts"
import { findChosen, lockChosen, putChosen } from "./queries.ts"
import { simulatedModel } from "./simulated-model.ts"
import { ApiError } from "./wire/api-error.ts"

const isAlias = (name: string): name is AiAlias => (aiAliases as readonly string[]).includes(name)

/** @throws ApiError 404 for a name that is no alias */
export function aliasIn(model: string): AiAlias {
  if (isAlias(model)) return model
  const say = `There is no model ${model.slice(0, 100)} here. Use ${aiAliases.join(" or ")}: which model answers is the organization's choice.`
  throw new ApiError(404, say, { code: "model_not_found", param: "model" })
}

type Chosen = Partial<Record<AiAlias, string | null>>

/**
 * Who answers to an alias, and who takes over. A fast model that nobody chose is the default one: which
 * of a maker's is fast enough, nobody knows but who uses it.
 */
export function lineFor(
  models: AppModels,
  chosen: Chosen,
  alias: AiAlias,
): readonly [AppModel, ...AppModel[]] {
  const [first, ...others] = models.line(chosen[alias] ?? chosen.default ?? null)
  return first ? [first, ...others] : [simulatedModel]
}

export async function chosenModels(ctx: Ctx): Promise<Chosen> {
  return (await findChosen(ctx.db))?.chosen ?? {}
}

/** Who answers to each alias. */
export const answering = (models: AppModels, chosen: Chosen): AiModels["answering"] =>
  aiAliases.map((alias) => ({ alias, ...lineFor(models, chosen, alias)[0].info }))

export async function showModels(ctx: Ctx, { models }: Pick<AiParts, "models">): Promise<AiModels> {
  const row = await findChosen(ctx.db)
  const chosen = row?.chosen ?? {}
  return {
    chosen: { default: chosen.default ?? null, fast: chosen.fast ?? null },
    answering: answering(models, chosen),
    version: row?.version ?? 0,
  }
}

/**
 * Chooses which models answer the organization's apps, from their next calls on.
 *
 * @throws Fault `invalid` for one that cannot be asked, `version_mismatch`
 */
export async function chooseModels(
  ctx: Ctx,
  parts: Pick<AiParts, "models">,
  {
    ifMatch,
    set,
  }: { ifMatch: number | undefined; set: { [A in AiAlias]?: string | null | undefined } },
): Promise<AiModels> {
  const before = await lockChosen(ctx.db)
  const version = before?.version ?? 0
  if (ifMatch !== undefined && ifMatch !== version) throw versionMismatch("this choice")
  const known = parts.models.choices()
  const chosen: Chosen = { ...before?.chosen }
  for (const alias of aiAliases) {
    const name = set[alias]
    if (name === undefined) continue
    if (name !== null && !known.includes(name)) {
      const say = `${name} cannot be asked here. Choose another model.`
      throw fault("invalid", { say, fields: { [`/${alias}`]: say } })
    }
    chosen[alias] = name
  }
  const { organizationId } = ctx
  await putChosen(ctx.db, {
    ...{ organizationId, chosen, version: version + 1, updatedAt: ctx.clock.now() },
  })
  record(ctx, {
    ...{ action: "organization.ai_models", subject: organizationId },
    details: { about: "models for apps", ...chosen },
  })
  return showModels(ctx, parts)
}
