import { z } from "zod"
import { instant } from "./ids.ts"
import { secretBytesMax, secretEnvironments, secretTypes } from "./secret-types.ts"
import { faultOfVariable } from "./variable-names.ts"

const secretName = z
  .string()
  .trim()
  .superRefine((name, { addIssue }) => {
    const message = faultOfVariable(name)
    if (message) addIssue({ code: "custom", message })
  })
export const secretNote = z.string().trim().max(500, "Use at most 500 characters.")
// What else its type asks for is checked with it.
export const secretValue = z
  .string()
  .min(1, "Write a value.")
  .max(secretBytesMax, `Use at most ${secretBytesMax.toLocaleString("en")} characters.`)
export const hookUrl = z
  .url({ protocol: /^https$/, error: "Use an address that begins with https://." })
  .max(500, "Use at most 500 characters.")

/** What adding a secret takes. */
export const wantedSecret = z.strictObject({
  name: secretName,
  environment: z.enum(secretEnvironments).default("every"),
  type: z.enum(secretTypes),
  value: secretValue
    .optional()
    .meta({ description: "absent: the platform makes one, where it can" }),
  note: secretNote.default(""),
  expiresAt: instant.nullable().default(null),
})

/** What importing takes. */
export const secretImport = z.strictObject({
  text: z.string().min(1, "Paste a file.").max(131_072, "Use at most 128 KiB."),
  environment: z.enum(secretEnvironments).default("every"),
  replace: z.boolean().default(false).meta({
    description: "give those that exist a new version; else they stay as they are",
  }),
  preview: z.boolean().default(true).meta({ description: "only say what would come in" }),
})
