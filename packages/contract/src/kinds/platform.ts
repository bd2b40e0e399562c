import { z } from "zod"
import type { RouteTable } from "../route.ts"

/** What this installation is made of: shown in the banner, in `bin/start` and by `bin/doctor`. */
export const platform = z
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
export type Platform = z.infer<typeof platform>

export const platformRoutes = {
  "GET /platform": {
    summary: "What this installation is made of, and what is simulated",
    access: { by: "public" },
    reply: { status: 200, body: platform },
  },
} as const satisfies RouteTable
