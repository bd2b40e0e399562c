import { createHash } from "node:crypto"
import { z } from "zod"
import { storePlans } from "./engine.ts"

/**
 * A release is all that is wanted of one store: which engine at which version, with which values,
 * within which plan. It is plain data, so that it can cross to the process that may start programs.
 */
export const releaseSchema = z.strictObject({
  /** `sto_` and a UUIDv7 in Crockford base 32 */
  storeId: z.string().regex(/^sto_[0-9a-hjkmnp-tv-z]{26}$/),
  engine: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  version: z.string().regex(/^[0-9][0-9A-Za-z.+-]{0,39}$/),
  name: z.string().min(1).max(200),
  /** checked by the engine's own schema wherever it is used */
  values: z.unknown(),
  plan: z.enum(storePlans),
  secrets: z.record(z.string().max(80), z.string().max(4096)),
  url: z.url(),
  adminUrl: z.url(),
  verbose: z.boolean(),
})
export type Release = z.infer<typeof releaseSchema>

/** Names what a release says, secrets included, without telling them. 32 hexadecimal digits. */
export function digestOf(release: Release): string {
  return createHash("sha256")
    .update(JSON.stringify(sorted(release)))
    .digest("hex")
    .slice(0, 32)
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== "object" || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)]))
}
