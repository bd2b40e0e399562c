import type { Models } from "./model.ts"

/** Whether plans are made by fixed rules, which build nothing but starters that a person confirmed. */
export const plansByStarters = (models: Models): boolean =>
  models.for("planning").trust === "blueprint"
