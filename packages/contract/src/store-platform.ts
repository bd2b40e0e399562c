import { z } from "zod"
import { instant } from "./ids.ts"
import { organizationId } from "./kinds/tenants.ts"
import { storeId } from "./store.ts"
import { storeFailureKinds } from "./store-states.ts"

/** What platform admins see of all stores. */
export const queuedStore = z
  .object({
    storeId,
    organizationId,
    name: z.string(),
    engine: z.string(),
    position: z.number().int().nullable().meta({ description: "null: it is at work" }),
    since: instant,
    admittedAt: instant.nullable(),
  })
  .meta({ id: "QueuedStore" })
export type QueuedStore = z.infer<typeof queuedStore>

export const storeMetrics = z
  .object({
    active: z.number().int(),
    queued: z.number().int(),
    days: z.array(
      z.object({
        day: z.iso.date(),
        engine: z.string(),
        created: z.number().int(),
        ready: z.number().int(),
        failed: z.number().int(),
        active: z.number().int().meta({ description: "there at the end of the day, once made" }),
        p50Seconds: z.number().nullable(),
        p95Seconds: z.number().nullable(),
        p99Seconds: z.number().nullable(),
      }),
    ),
    failures: z.array(z.object({ kind: z.enum(storeFailureKinds), count: z.number().int() })),
  })
  .meta({ id: "StoreMetrics" })
export type StoreMetrics = z.infer<typeof storeMetrics>
