import { z } from "zod"
import { defineKind } from "../kind.ts"
import type { RouteTable } from "../route.ts"

/** What this installation is made of: shown in the banner, in `bin/start` and by `bin/doctor`. */
export const platformFacts = z
  .object({
    version: z.string(),
    signup: z.enum(["open", "closed"]),
    baseDomain: z.string(),
    isolation: z.object({
      label: z.string(),
      weak: z.boolean().meta({ description: "apps share more with the server than they should" }),
      reaches: z.array(z.string()),
    }),
    simulated: z.array(z.object({ part: z.string(), sentence: z.string() })),
  })
  .meta({ id: "Platform" })
export type Platform = z.infer<typeof platformFacts>

export const platformRoutes = {
  "GET /platform": {
    summary: "What this installation is made of, and what is simulated",
    access: { by: "public" },
    reply: { status: 200, body: platformFacts },
  },
} as const satisfies RouteTable

export const platform = defineKind({
  noun: "platform",
  about: "What this installation is made of.",
  routes: platformRoutes,
})
