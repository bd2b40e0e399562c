import { type AgentRole, agentRoles } from "@vibecaas/contract/kinds/agents"
import type { ModelRoleStatus, RoleSettings } from "@vibecaas/contract/kinds/models"
import { fault } from "@vibecaas/kernel/fault"
import { type Budgets, makeModels, showRoleModel } from "../agents/index.ts"
import type { Ctx } from "../core/ctx.ts"
import { record } from "../core/record.ts"
import type { LiveModels } from "./live-models.ts"
import { putRole, type RoleRow } from "./queries/settings.ts"

export interface RolesParts {
  models: LiveModels
  budgets: Budgets
  fetch: typeof fetch
}

/**
 * Keeps how a role works, in place of what was kept.
 *
 * @throws Fault `invalid` when it names a model that cannot be asked
 */
export async function setRole(
  ctx: Ctx,
  { models, fetch }: RolesParts,
  { role, set }: { role: AgentRole; set: RoleSettings },
): Promise<void> {
  if (set.models) {
    const made = makeModels({ default: set.models, settings: models.settings(), fetch })
    const say = made.ok ? undefined : made.mistakes.join(" ")
    if (say) throw fault("invalid", { say, fields: { "/models": say } })
  }
  const { id, name } = ctx.actor
  const at = ctx.clock.now()
  await putRole(ctx.db, { role, ...set, setAt: at, setById: id ?? name, setByName: name })
  record(ctx, { action: "model_role.set", subject: role, details: { about: role, ...set } })
}

const nothing: RoleSettings = {
  ...{ models: null, temperature: null, outputTokensMax: null, tokensMax: null, centsMax: null },
}

function settingsIn({ role: _, setAt: __, setById: ___, setByName: ____, ...set }: RoleRow) {
  return set
}

export function showRole({ models, budgets }: RolesParts, role: AgentRole): ModelRoleStatus {
  const { from, usual, row } = models.choice(role)
  const { task, call } = budgets
  return {
    ...{ role, from, set: row ? settingsIn(row) : nothing, asks: showRoleModel(models.for(role)) },
    usual: {
      models: usual,
      ...{ outputTokensMax: call.outputTokensMax, tokensMax: task.tokensMax },
    },
    setAt: row?.setAt.toISOString() ?? null,
    setBy: row?.setByName ?? null,
  }
}

export const showRoles = (parts: RolesParts) => agentRoles.map((role) => showRole(parts, role))
