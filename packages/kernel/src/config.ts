import { z } from "zod"

/** One setting: its schema (parsing text), what it means, and how its default reads in the help. */
export interface Setting<T> {
  schema: z.ZodType<T>
  help: string
  default: string
}

export function setting<T>(schema: z.ZodType<T>, help: string, shownDefault: string): Setting<T> {
  return { schema, help, default: shownDefault }
}

type Values<S extends Record<string, Setting<unknown>>> = {
  [K in keyof S]: S[K] extends Setting<infer T> ? T : never
}

export type ConfigResult<S extends Record<string, Setting<unknown>>> =
  | { ok: true; values: Values<S> }
  | { ok: false; mistakes: string[] }

/** Reads every setting from `env` and reports all mistakes together, each with the setting's meaning. */
export function readConfig<S extends Record<string, Setting<unknown>>>(
  settings: S,
  env: Record<string, string | undefined>,
): ConfigResult<S> {
  const values: Record<string, unknown> = {}
  const mistakes: string[] = []
  for (const [name, { schema, help }] of Object.entries(settings)) {
    const text = env[name] === "" ? undefined : env[name]
    const parsed = schema.safeParse(text)
    if (parsed.success) values[name] = parsed.data
    else mistakes.push(`${name}: ${parsed.error.issues[0]?.message ?? "is not valid"} (${help})`)
  }
  if (mistakes.length > 0) return { ok: false, mistakes }
  return { ok: true, values: values as Values<S> }
}

/** `1`, `true`, `yes`, `on` and their opposites. */
export const flag = (fallback: boolean) =>
  z
    .enum(["1", "true", "yes", "on", "0", "false", "no", "off"], "must be 1 or 0")
    .optional()
    .transform((text) =>
      text === undefined ? fallback : ["1", "true", "yes", "on"].includes(text),
    )
