import {
  inLanguages,
  starterCategory,
  starterId,
  starterParameter,
  starterStack,
} from "@vibecaas/contract/starter-form"
import { z } from "zod"
import { wrongWith } from "./check-value.ts"

const phrases = z.array(z.string().trim().min(1).max(80)).max(60)
const words = z.strictObject({ en: phrases, de: phrases, fr: phrases, es: phrases })
const wordsOfParameter = z.object({ words })

/** What it does; each is proved by the app's own tests. */
const feature = z.strictObject({
  id: z
    .string()
    .max(60)
    .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/),
  says: inLanguages(160),
  words,
})

/** A parameter as everybody sees it, and the words that announce its value in a prompt. */
const parameter = z.unknown().transform((raw, context) => {
  const told = wordsOfParameter.safeParse(raw)
  const { words: _, ...rest } = Object(raw)
  const seen = starterParameter.safeParse(rest)
  for (const { error } of [told, seen])
    for (const issue of error?.issues ?? [])
      context.addIssue({ code: "custom", path: issue.path, message: issue.message })
  if (!told.success || !seen.success) return z.NEVER
  const wrong = wrongWith(seen.data, seen.data.default)
  if (wrong) context.addIssue({ code: "custom", path: ["default"], message: wrong })
  return { ...seen.data, words: told.data.words }
})

/** The file `starter.json`: what the platform knows of a starter. */
export const starterFile = z
  .strictObject({
    id: starterId,
    name: inLanguages(60),
    summary: inLanguages(140),
    description: z.string().trim().min(1).max(1200),
    category: starterCategory,
    stack: starterStack,
    tags: z
      .array(z.string().regex(/^[a-z0-9][a-z0-9 +.-]{0,29}$/, "small letters, up to 30"))
      .min(1)
      .max(12),
    words,
    includes: z.array(feature).min(1).max(20),
    parameters: z.array(parameter).max(20),
    picture: z
      .strictObject({ path: z.string().startsWith("/").max(200) })
      .optional()
      .meta({ description: "the page that its pictures show; the first one when absent" }),
  })
  .superRefine((starter, context) => {
    const twice = (name: "includes" | "parameters", keys: string[]) => {
      const again = keys.find((key, index) => keys.indexOf(key) !== index)
      if (again) context.addIssue({ code: "custom", path: [name], message: `${again} twice` })
    }
    twice(
      "includes",
      starter.includes.map(({ id }) => id),
    )
    twice(
      "parameters",
      starter.parameters.map(({ name }) => name),
    )
    if (starter.parameters.filter(({ kind }) => kind === "data_model").length > 1)
      context.addIssue({ code: "custom", path: ["parameters"], message: "one data model at most" })
  })

type StarterFile = z.infer<typeof starterFile>
/** One file of an app, with `/` in its path. */
export interface AppFile {
  path: string
  content: Buffer
}

/** An app with which a project can begin. */
export interface Starter extends StarterFile {
  /** its files with the defaults, by path in order */
  files: readonly AppFile[]
  /** what it looks like, 1200×750 WebP; nothing where no picture was taken yet */
  pictures: { light: Buffer | undefined; dark: Buffer | undefined }
}
