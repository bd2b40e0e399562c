import { z } from "zod"

/** Languages in which starters are asked for and told of. */
export const starterLanguages = ["en", "de", "fr", "es"] as const
export type StarterLanguage = (typeof starterLanguages)[number]

export const starterCategories = [
  "start",
  "productivity",
  "commerce",
  "content",
  "community",
  "data",
  "tools",
  "games",
  "api",
] as const
export const starterCategory = z.enum(starterCategories)

export const starterStacks = ["node", "react", "next", "python", "go"] as const
export const starterStack = z.enum(starterStacks)

export const starterId = z
  .string()
  .max(60)
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, "small letters, digits and hyphens, such as live-board")

/** A text in every language that people ask in. */
export const inLanguages = (charsMax: number) => {
  const text = z.string().trim().min(1).max(charsMax)
  return z.strictObject({ en: text, de: text, fr: text, es: text })
}
const label = inLanguages(80)

const named = {
  name: z
    .string()
    .max(40)
    .regex(/^[a-z][A-Za-z0-9_]*$/, "a letter, then letters, digits or _"),
  label,
}
const bound = z.number()
const count = z.number().int().min(0)

/**
 * What a person can choose of a starter. `min` and `max` count characters of texts, items of lists
 * and bound numbers; `itemMax` counts characters of a list's item. What they leave open has
 * `parameterLimits`.
 */
export const starterParameter = z.discriminatedUnion("kind", [
  z.strictObject({
    ...named,
    kind: z.enum(["text", "long_text"]),
    default: z.string(),
    min: count.optional(),
    max: count.optional(),
  }),
  z.strictObject({
    ...named,
    kind: z.literal("number"),
    default: z.number(),
    min: bound.optional(),
    max: bound.optional(),
  }),
  z.strictObject({
    ...named,
    kind: z.literal("choice"),
    default: z.string(),
    choices: z
      .array(z.strictObject({ value: z.string().min(1).max(60), label }))
      .min(2)
      .max(40),
  }),
  z.strictObject({ ...named, kind: z.literal("flag"), default: z.boolean() }),
  z.strictObject({ ...named, kind: z.literal("color"), default: z.string() }),
  z.strictObject({
    ...named,
    kind: z.literal("list"),
    default: z.array(z.string()),
    min: count.optional(),
    max: count.optional(),
    itemMax: count.optional(),
  }),
  z.strictObject({
    ...named,
    kind: z.literal("data_model"),
    default: z.record(z.string(), z.unknown()),
  }),
])
export type StarterParameter = z.infer<typeof starterParameter>

/** Values by the names of parameters; those that are left out have their defaults. */
export const starterValues = z.record(z.string().max(40), z.unknown())
export type StarterValues = z.infer<typeof starterValues>
