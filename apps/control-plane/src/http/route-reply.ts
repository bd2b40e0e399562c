import type { Route } from "@vibecaas/contract/routes"
import { invariant } from "@vibecaas/kernel/fault"

/** An answer as it goes out, and as `Idempotency-Key` keeps it. */
export interface EncodedReply {
  status: number
  /** JSON text; none for 204 */
  text: string | undefined
  etag: string | undefined
}

/**
 * Holds a handler's answer to the contract: what the schema does not name is dropped, and an
 * answer that breaks it is our bug, found before the transaction commits.
 */
export function encodeReply(name: string, route: Route, value: unknown): EncodedReply {
  const { status, body: schema } = route.reply
  if (schema === null) return { status, text: undefined, etag: undefined }
  const parsed = schema.safeParse(value)
  invariant(parsed.success, `${name} broke its reply's schema: ${parsed.error?.message}`)
  return { status, text: JSON.stringify(parsed.data), etag: etagOf(parsed.data) }
}

/** An object's `version` is its entity tag; send it back as `If-Match`. */
function etagOf(body: unknown): string | undefined {
  if (typeof body !== "object" || body === null || !("version" in body)) return undefined
  return typeof body.version === "number" ? `"${body.version}"` : undefined
}
