import type { JsonReply } from "@vibecaas/contract/route"
import { invariant } from "@vibecaas/kernel/fault"
import type { FastifyReply } from "fastify"
import type { ServedRow } from "./served.ts"

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
export function encodeReply({ name, route }: ServedRow, value: unknown): EncodedReply {
  invariant("body" in route.reply, `${name} answers a file, which no key can keep`)
  const { status, body: schema }: JsonReply = route.reply
  if (schema === null) return { status, text: undefined, etag: undefined }
  const parsed = schema.safeParse(value)
  invariant(parsed.success, `${name} broke its reply's schema: ${parsed.error?.message}`)
  return { status, text: JSON.stringify(parsed.data), etag: etagOf(parsed.data) }
}

export function sendJson(
  reply: FastifyReply,
  encoded: EncodedReply & { replayed?: boolean },
): FastifyReply {
  reply.code(encoded.status).header("cache-control", "no-store")
  if (encoded.etag) reply.header("etag", encoded.etag)
  if (encoded.replayed) reply.header("idempotency-replayed", "true")
  if (encoded.text === undefined) return reply.send()
  return reply.header("content-type", "application/json; charset=utf-8").send(encoded.text)
}

/** An object's `version` is its entity tag; send it back as `If-Match`. */
function etagOf(body: unknown): string | undefined {
  if (typeof body !== "object" || body === null || !("version" in body)) return undefined
  return typeof body.version === "number" ? `"${body.version}"` : undefined
}
