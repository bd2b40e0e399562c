import {
  inLanguages,
  type StarterParameter,
  starterCategory,
  starterId,
  starterLanguages,
  starterParameter,
  starterStack,
} from "@vibecaas/contract/starter-form"
import { parameterLimits } from "@vibecaas/contract/starter-limits"
import { z } from "zod"
import { wrongWith } from "./check-value.ts"
import { modelFeatures } from "./match/model/features.ts"

const phrases = z.array(z.string().trim().min(1).max(80)).max(60)
const words = z.strictObject({ en: phrases, de: phrases, fr: phrases, es: phrases })
const wordsOfParameter = z.object({
  words,
  reads: z
    .enum(["questions", "hours", "language", "purpose", "prices", "word", "title", "asked", "days"])
    .optional()
    .meta({
      description:
        "how a value is said besides: the prompt's first words, as a title; a question with its answers, as one line of a list; entries with times in them; the language of the prompt; what the app is for; prices with what they are for, as lines `Name | price / per`; one word as it is; what people who fill something in are asked for, besides their name and email; days of the week from one to another",
    }),
  one: words.optional().meta({ description: "phrases that say that it is 1" }),
  said: inLanguages(parameterLimits.longTextChars).optional().meta({
    description: "the default in each language; a new app has that of the prompt",
  }),
  exampleOf: z.string().optional().meta({
    description:
      'the include whose example the default is, or "itself": left empty where a prompt says what else the app is for and asks for none of it',
  }),
})

/** What it does; each is proved by the app's own tests. */
const feature = z.strictObject({
  id: z
    .string()
    .max(60)
    .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/),
  says: inLanguages(160),
  words,
  needs: z.enum(modelFeatures).optional().meta({
    description: "what of its data model does this; a model without it does not",
  }),
})

const ofPrompts = new Set(Object.keys(wordsOfParameter.shape))

const withoutWords = (parameter: object) =>
  Object.fromEntries(Object.entries(parameter).filter(([key]) => !ofPrompts.has(key)))

/** A parameter as everybody sees it, and the words that announce its value in a prompt. */
const parameter = z.unknown().transform((raw, context) => {
  const told = wordsOfParameter.safeParse(raw)
  const seen = starterParameter.safeParse(withoutWords(Object(raw)))
  for (const { error } of [told, seen])
    for (const issue of error?.issues ?? [])
      context.addIssue({ code: "custom", path: issue.path, message: issue.message })
  if (!told.success || !seen.success) return z.NEVER
  const wrong = wrongWith(seen.data, seen.data.default)
  if (wrong) context.addIssue({ code: "custom", path: ["default"], message: wrong })
  for (const [language, value] of Object.entries(told.data.said ?? {})) {
    const message = wrongWith(seen.data, value)
    if (message) context.addIssue({ code: "custom", path: ["said", language], message })
  }
  return { ...seen.data, ...told.data }
})

/** What of it everybody sees: what prompts are read by is nothing to show. */
export const seenParameter = (all: z.infer<typeof parameter>): StarterParameter =>
  starterParameter.parse(withoutWords(all))

/** Values by parameter: a text, or in lists one, in every language. */
const presetValues = z.record(
  z.string(),
  z.union([inLanguages(parameterLimits.longTextChars), inLists()]),
)
function inLists() {
  const list = z.array(z.string())
  return z.strictObject({ en: list, de: list, fr: list, es: list })
}

/** Values that go together, for a prompt that asks for them by name: a calculator for tips. */
const preset = z.strictObject({
  id: starterId,
  words: words.meta({ description: "by which people ask for it, and for the starter" }),
  does: words.meta({ description: "what else such a prompt says that these values do" }),
  values: presetValues,
  carriedBy: z
    .string()
    .meta({ description: "the parameter whose value does it: with another one it is not built" }),
})
export type Preset = z.infer<typeof preset>

/** The file `starter.json`: what the platform knows of a starter. */
export const starterFile = z
  .strictObject({
    id: starterId,
    name: inLanguages(60),
    summary: inLanguages(140),
    description: z.string().trim().min(1).max(1200),
    category: starterCategory,
    stack: starterStack,
    parts: z
      .array(z.string())
      .max(12)
      .default([])
      .meta({ description: "folders of `starters/parts` whose files it has beside its own" }),
    tags: z
      .array(z.string().regex(/^[a-z0-9][a-z0-9 +.-]{0,29}$/, "small letters, up to 30"))
      .min(1)
      .max(12),
    words,
    topics: inLanguages(6000).optional().meta({
      description:
        "words of what it is near to, by which it is found where a prompt names no starter; `-word` is the end of a compound. None of them says that anything is built",
    }),
    of: words.optional().meta({
      description:
        "what all of it works on, such as a file; a prompt that speaks of none of it means something else",
    }),
    includes: z.array(feature).min(1).max(20),
    parameters: z.array(parameter).max(20),
    presets: z.array(preset).max(40).optional(),
    picture: z
      .strictObject({ path: z.string().startsWith("/").max(200) })
      .optional()
      .meta({ description: "the page that its pictures show; the first one when absent" }),
  })
  .superRefine((starter, context) => {
    const twice = (name: "parts" | "includes" | "parameters" | "presets", keys: string[]) => {
      const again = keys.find((key, index) => keys.indexOf(key) !== index)
      if (again) context.addIssue({ code: "custom", path: [name], message: `${again} twice` })
    }
    twice("parts", starter.parts)
    twice(
      "includes",
      starter.includes.map(({ id }) => id),
    )
    twice(
      "presets",
      (starter.presets ?? []).map(({ id }) => id),
    )
    for (const { path, message } of wrongPresets(starter))
      context.addIssue({ code: "custom", path, message })
    twice(
      "parameters",
      starter.parameters.map(({ name }) => name),
    )
    if (starter.parameters.filter(({ kind }) => kind === "data_model").length > 1)
      context.addIssue({ code: "custom", path: ["parameters"], message: "one data model at most" })
  })

/** Each value of a preset must fit its parameter, in every language. */
function wrongPresets({
  presets = [],
  parameters,
}: {
  presets?: Preset[] | undefined
  parameters: StarterParameter[]
}) {
  return presets.flatMap(({ values, carriedBy }, at) => {
    const named = [...Object.entries(values), [carriedBy, values[carriedBy]] as const]
    return named.flatMap(([name, value]) => {
      const parameter = parameters.find((each) => each.name === name)
      const path = ["presets", at, "values", name]
      if (!parameter || !value) return [{ path, message: "there is no such parameter, or value" }]
      return starterLanguages.flatMap((language) => {
        const message = wrongWith(parameter, value[language])
        return message ? [{ path: [...path, language], message }] : []
      })
    })
  })
}

type StarterFile = z.infer<typeof starterFile>
/** One file of an app, with `/` in its path. */
export interface AppFile {
  path: string
  content: Buffer
}

/** An app with which a project can begin. */
export interface Starter extends Omit<StarterFile, "parts"> {
  /** its own files and those of its parts, with the defaults, by path in order */
  files: readonly AppFile[]
  /** what it looks like, 1200×750 WebP; nothing where no picture was taken yet */
  pictures: { light: Buffer | undefined; dark: Buffer | undefined }
}
