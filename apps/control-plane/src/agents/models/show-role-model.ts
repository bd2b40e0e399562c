import type { RoleModel } from "@vibecaas/contract/model-info"
import { showPrice } from "./cost.ts"
import { lineOf, type ModelEntry } from "./model.ts"

/** A role's line as the API shows it. */
export function showRoleModel(entry: ModelEntry): RoleModel {
  const priced = ({ info }: ModelEntry) => ({ ...info, price: showPrice(info) })
  const [first, ...others] = lineOf(entry)
  return { ...priced(first), fallbacks: others.map(priced) }
}
