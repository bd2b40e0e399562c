import type { ModelChoice, RoleModel } from "@vibecaas/contract/model-info"
import { showPrice } from "./cost.ts"
import { lineOf, type ModelEntry, type Models } from "./model.ts"

/** A role's line as the API shows it. */
export function showRoleModel(entry: ModelEntry): RoleModel {
  const [first, ...others] = lineOf(entry)
  return { ...priced(first), fallbacks: others.map(priced) }
}

/** What a run can be asked of, by name. */
export function showChoices(models: Models): ModelChoice[] {
  const names = models.choices?.() ?? []
  return names.flatMap((name) => {
    const entry = models.named?.(name)
    return entry ? [{ ...priced(entry), name }] : []
  })
}

const priced = ({ info }: ModelEntry) => ({ ...info, price: showPrice(info) })
