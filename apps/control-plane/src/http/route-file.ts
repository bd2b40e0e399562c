import { Readable } from "node:stream"
import type { Log } from "@vibecaas/kernel/log"
import type { FastifyReply } from "fastify"
import type { FileContent } from "../core/kind.ts"

/**
 * Sends a file piece by piece, never more ahead than the client has taken. Whoever leaves closes it.
 * What fails before its first piece is answered like any failure; what fails later cuts the
 * connection, so that half a file is not taken for a whole one.
 */
export function sendFile(
  reply: FastifyReply,
  file: { type: string; log: Log; content: FileContent },
): FastifyReply {
  const { content } = file
  const stream = Readable.from(content.pieces, { objectMode: false })
  stream.once("error", (error) => {
    if (!reply.raw.headersSent) reply.header("cache-control", "no-store")
    if (reply.raw.headersSent) file.log.warn({ err: error }, "a file broke off")
    reply.removeHeader("content-disposition").removeHeader("content-length")
  })
  reply.headers({
    "content-type": content.type ?? file.type,
    "cache-control":
      content.keptSeconds === undefined
        ? "no-store"
        : `private, max-age=${content.keptSeconds}, immutable`,
    // Proxies would hold back a stream that is told as it happens.
    "x-accel-buffering": "no",
    ...(content.name === undefined ? {} : { "content-disposition": attachment(content.name) }),
    ...(content.bytes === undefined ? {} : { "content-length": content.bytes }),
  })
  if (reply.request.method !== "HEAD") return reply.send(stream)
  stream.destroy()
  return reply.send()
}

/** RFC 6266: the name twice, for old readers in ASCII and whole. */
function attachment(name: string): string {
  const plain = name.replaceAll(/[^\w. -]/g, "_")
  const whole = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16)}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`
}
