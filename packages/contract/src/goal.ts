import { z } from "zod"
import { goalCharsMax } from "./goal-limits.ts"

export const goalText = z
  .string()
  .trim()
  .min(1, "Say what it should do, for example: a reading list with title, author and pages.")
  .max(goalCharsMax, "Use at most 4,000 characters.")

export const clauseStates = ["planned", "built", "not_built"] as const

/** One wish of a goal, and what became of it. */
export const clause = z
  .object({
    words: z.string().meta({ description: "as the goal says it" }),
    state: z.enum(clauseStates),
    why: z.string().nullable().meta({
      description: "what proves it, or why it is not built; null while it is planned",
    }),
  })
  .meta({ id: "Clause" })
export type Clause = z.infer<typeof clause>
