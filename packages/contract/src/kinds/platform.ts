import { z } from "zod"
import { defineKind } from "../kind.ts"
import type { RouteTable } from "../route.ts"

/** What this installation is made of: shown in the banner, in `bin/start` and by `bin/doctor`. */
export const platformFacts = z
  .object({
    version: z.string(),
    signup: z.enum(["open", "invite", "closed"]),
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

/** A key of a loop: an object, and the organization it is of, empty for what is the platform's. */
const loopKey = { organizationId: z.string(), id: z.string() }
const milliseconds = z.int().min(0)

export const loopStatus = z
  .object({
    name: z.string(),
    description: z.string(),
    concurrency: z.int().meta({ description: "turns at the same time in each process" }),
    running: z.array(z.object({ ...loopKey, since: z.iso.datetime() })),
    last: z
      .object({
        ...loopKey,
        outcome: z.enum(["done", "again", "working", "retry", "give-up", "lost"]),
        elapsedMs: milliseconds,
        endedAt: z.iso.datetime(),
      })
      .nullable(),
    sweptAt: z.iso.datetime().nullable(),
    turns: z.int().meta({ description: "that ended since the process that answers started" }),
    failures: z.int().meta({ description: "turns that failed since then" }),
    corrections: z
      .int()
      .meta({ description: "repairs since then of what changed without us; stays 0 in health" }),
    due: z.int().meta({ description: "objects that wait for their turn, in all processes" }),
    oldestDueAt: z.iso.datetime().nullable(),
    failing: z.int().meta({ description: "objects whose turns fail, or that were given up" }),
    failingLongest: z.array(
      z.object({
        ...loopKey,
        since: z.iso.datetime(),
        failures: z.int(),
        fault: z.string(),
        cause: z
          .enum(["tries", "hopeless", "work", "stuck"])
          .nullable()
          .meta({ description: "the limit that was exceeded" }),
        gaveUp: z.boolean().meta({ description: "false while it is tried again by itself" }),
      }),
    ),
  })
  .meta({ id: "Loop" })
export type LoopStatus = z.infer<typeof loopStatus>

export const starterWarming = z
  .object({
    state: z.enum(["off", "waiting", "working", "done"]),
    ready: z.int().meta({ description: "starters whose packages and builds are there" }),
    total: z.int().meta({ description: "starters that need any, and that this host can run" }),
    doing: z.string().nullable().meta({ description: "the starter that is worked on" }),
    failed: z.array(z.object({ starter: z.string(), why: z.string() })),
  })
  .meta({
    id: "StarterWarming",
    description: "what the server that answers installs and builds before anybody asks",
  })
export type StarterWarming = z.infer<typeof starterWarming>

export const platformRoutes = {
  "GET /platform": {
    summary: "What this installation is made of, and what is simulated",
    access: { by: "public" },
    reply: { status: 200, body: platformFacts },
  },
  "GET /platform/loops": {
    summary: "What each loop works on, waits for and fails at, and what is prepared meanwhile",
    access: { by: "platform-admin" },
    reply: { status: 200, body: z.object({ items: z.array(loopStatus), warming: starterWarming }) },
  },
} as const satisfies RouteTable

export const platform = defineKind({
  noun: "platform",
  about: "What this installation is made of.",
  routes: platformRoutes,
})
