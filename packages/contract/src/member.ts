import { z } from "zod"
import { instant, userId } from "./ids.ts"
import { roles } from "./roles.ts"

/** Somebody who belongs to an organization, as its list has them. */
export const member = z
  .object({
    userId,
    name: z.string(),
    email: z.string(),
    role: z.enum(roles),
    joinedAt: instant,
    keys: z.int().meta({ description: "API keys whose secret this person was told" }),
    secondStep: z.boolean().nullable().meta({
      description: "whether signing in as them asks for a code; null to who may not manage members",
    }),
  })
  .meta({ id: "Member" })
export type Member = z.infer<typeof member>
