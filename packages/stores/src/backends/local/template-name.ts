import type { Engine } from "../../engine.ts"

/** Letters, digits and underscores: it becomes a database's name. */
export const templateName = (engine: Pick<Engine, "name">, version: string): string =>
  `template_${engine.name}_${version}`.replaceAll(/[^a-z0-9_]/g, "_").slice(0, 55)
