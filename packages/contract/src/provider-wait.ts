import { z } from "zod"
import { instant } from "./ids.ts"

/** An answer that a task waits for while its model's server is away or busy. */
export const providerWait = z
  .object({
    reason: z.string().meta({ description: "what the server answered, in a sentence" }),
    since: instant,
    until: instant.meta({
      description: "when it is asked again; once that is past, it is being asked",
    }),
  })
  .meta({ id: "ProviderWait" })
export type ProviderWait = z.infer<typeof providerWait>
