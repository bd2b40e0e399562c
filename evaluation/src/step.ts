import { z } from "zod"
import { patternOf } from "./words.ts"

/** A regular expression for words of an app, in which `{add}` stands for an entry of `words.json`. */
const pattern = z
  .string()
  .min(1)
  .max(600)
  .superRefine((text, { addIssue }) => {
    try {
      patternOf(text)
    } catch (error) {
      addIssue(`${text}: ${error instanceof Error ? error.message : error}`)
    }
  })

/**
 * What is typed or chosen. `{today}`, `{today+3}`, `{workday+1}` and `{sunday}` are days as
 * `2026-03-09`. Of `High|urgent|1` a field to choose from gets the first that it offers, any other
 * the first.
 */
const value = z.union([z.string().max(4000), z.number(), z.boolean()])

/**
 * Values by the words of their fields, the best words first. A field whose words end with ` ?` may
 * be missing.
 */
const values = z.record(z.string().min(1), value)
export type Values = z.infer<typeof values>
/** The words of a field without the mark that it may be missing; they too are a pattern. */
export const fieldWords = (key: string) => ({
  words: key.replace(/ \?$/, ""),
  optional: key.endsWith(" ?"),
})

const count = z.number().int().min(1).max(1000)
const file = z.string().regex(/^[a-z0-9-]+\.[a-z0-9]+$/, "a name in files/")

const goes = [
  z.strictObject({ open: z.string().regex(/^\/\S*$/, "a path begins with /") }),
  z.strictObject({ reload: z.literal(true) }),
  z.strictObject({ browser: z.string() }).describe("goes on in the profile of this name"),
  z.strictObject({ follow: pattern }).describe("a link or button that leads on"),
]

const acts = [
  z.strictObject({
    click: pattern,
    beside: pattern.optional().describe("the text of the entry it belongs to"),
    role: z.enum(["radio", "button", "link", "checkbox"]).optional(),
  }),
  z.strictObject({ cell: z.number().int().min(0).max(99) }).describe("one of a board, from 0"),
  z.strictObject({ fill: pattern, with: value }),
  z.strictObject({
    enter: values.describe("fills a form, opens it before if need be, and sends it"),
    by: pattern.optional().describe("the button that sends it"),
  }),
  z.strictObject({ tick: pattern }).describe("marks the entry with this text as done"),
  z.strictObject({ drag: pattern, to: pattern }).describe("an entry below a heading"),
  z.strictObject({ upload: file, with: values.optional() }),
  z.strictObject({ search: z.string().min(1) }),
  z.strictObject({ account: z.enum(["signUp", "signIn", "signOut"]), email: z.email().optional() }),
]

const looks = [
  z.strictObject({ see: pattern }),
  z.strictObject({ says: pattern }).describe("what it did not say before the last act"),
  z.strictObject({ gone: pattern }),
  z.strictObject({ number: z.number(), within: z.number().min(0).optional() }),
  z.strictObject({ order: z.array(pattern).min(2) }),
  z
    .strictObject({ below: pattern, text: pattern, among: pattern })
    .describe("a text after one heading of several, and before the next"),
  z.strictObject({ crossed: pattern }).describe("struck through"),
  z.strictObject({ red: pattern }).describe("the text, or its entry, has something red"),
  z.strictObject({ field: pattern }),
  z.strictObject({ control: pattern }).describe("a button, link or tab"),
  z.strictObject({ drawing: count }).describe("so many charts"),
  z.strictObject({ images: count }).describe("so many pictures that did load"),
  z
    .strictObject({ changes: z.array(z.string()), start: pattern.optional() })
    .describe("looks otherwise after these keys, or `cell 3`"),
  z.strictObject({ fits: z.number().int().min(200) }).describe("this wide, nothing sticks out"),
  z.strictObject({ download: pattern, holds: pattern }),
  z.strictObject({ leads: pattern }).describe("a short link on the page leads there"),
  z.strictObject({
    request: z.string().regex(/^(GET|POST|PUT|PATCH|DELETE) \//),
    json: z.json().optional(),
    status: z.array(z.number().int()).min(1),
    shows: pattern.optional(),
    keep: z.string().optional().describe("a field of the answer, `{kept}` in later paths"),
  }),
]

const simple = z.union([...goes, ...acts, ...looks])
export type Simple = z.infer<typeof simple>
export type Step =
  | Simple
  | { anyOf: Step[][] }
  | { not: Step[] }
  | { perhaps: Step[] }
  | { given: Step[] }

/**
 * One step of an acceptance test. `anyOf`: the first way that can be gone counts; `not`: these
 * steps must fail; `perhaps`: they may; `given`: without them the test was not tried.
 */
export const step: z.ZodType<Step> = z.lazy(() =>
  z.union([
    simple,
    z.strictObject({ anyOf: z.array(steps).min(2) }),
    z.strictObject({ not: steps }),
    z.strictObject({ perhaps: steps }),
    z.strictObject({ given: steps }),
  ]),
)
const steps = z.lazy(() => z.array(step).min(1))
