import { z } from "zod"

/** What answers of models cost. */
export const modelCost = z
  .object({
    cents: z.number().meta({
      description:
        "US cents, with fractions: of answers whose price is known; simulated ones are free",
    }),
    unpriced: z.number().int().meta({
      description: "answers whose price or length is not known, so that `cents` is without them",
    }),
  })
  .meta({ id: "ModelCost" })
export type ModelCost = z.infer<typeof modelCost>

const dollars = z.number()

/** What a provider charges, as far as its list prices are known here. */
export const modelPrice = z
  .object({
    input: dollars,
    cachedInput: dollars.meta({ description: "for input that it still has from before" }),
    cacheWrite: dollars.meta({ description: "for input that it is to keep" }),
    output: dollars,
    asOf: z.string().meta({ description: "the month of the list", examples: ["2025-11"] }),
    source: z.url().meta({ description: "where the provider publishes its list" }),
  })
  .meta({ id: "ModelPrice", description: "US dollars per million tokens" })
export type ModelPrice = z.infer<typeof modelPrice>
