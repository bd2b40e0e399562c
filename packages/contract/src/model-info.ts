import { z } from "zod"
import { modelPrice } from "./model-cost.ts"

export const modelInfo = z
  .object({ provider: z.string(), model: z.string(), simulated: z.boolean(), label: z.string() })
  .meta({ id: "ModelInfo" })
export type ModelInfo = z.infer<typeof modelInfo>

const pricedModel = modelInfo.extend({
  price: modelPrice.nullable().meta({ description: "null when not known, or when simulated" }),
})
/** The model that a role's agents ask. */
export const roleModel = pricedModel.extend({
  fallbacks: z.array(pricedModel).meta({ description: "who takes over, in this order" }),
})
/** One that somebody can choose by its name. */
export const modelChoice = pricedModel.extend({
  name: z.string().meta({ description: "`provider:model`" }),
})
export type ModelChoice = z.infer<typeof modelChoice>
export type RoleModel = z.infer<typeof roleModel>
