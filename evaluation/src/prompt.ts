import { z } from "zod"
import { step } from "./step.ts"

/**
 * One wish of a prompt, in its own words. `steps` are its acceptance test; without them nothing
 * but what the platform says of it is looked at. `impossible` says why no app here can do it: one
 * that is said to do it is wrong without a try.
 */
const wish = z
  .strictObject({
    words: z.string().min(1),
    steps: z.array(step).min(1).optional(),
    impossible: z.string().min(1).optional(),
  })
  .refine(({ steps, impossible }) => !(steps && impossible), "what is impossible is not tried")

/**
 * What a person asks for, and how to tell whether they got it. `build`: an app should come of it;
 * `decline`: none should; `either`: an app with the rest said not built is as right as declining.
 */
export const prompt = z
  .strictObject({
    language: z.enum(["en", "de", "fr", "es"]),
    expect: z.enum(["build", "decline", "either"]),
    why: z.string().optional().describe("why it is to be declined"),
    text: z.string().min(1).max(4000),
    clauses: z.array(wish),
  })
  .superRefine(({ text, clauses, expect }, { addIssue }) => {
    let from = 0
    for (const { words } of clauses) {
      const at = text.indexOf(words, from)
      if (at < 0) addIssue(`not in the prompt, or not in this order: ${words}`)
      from = Math.max(from, at + words.length)
    }
    if (expect === "build" && !clauses.some(({ steps }) => steps)) addIssue("nothing to try")
  })
export type Wish = z.infer<typeof wish>
export type Prompt = z.infer<typeof prompt> & { id: string }
