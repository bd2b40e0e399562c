import { createHash } from "node:crypto"
import { promisify } from "node:util"
import { brotliCompress, constants, gzip } from "node:zlib"
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import { pageHeaders, referencePolicy } from "../content-security.ts"
import { described } from "./described.ts"
import type { JsonSchema } from "./json-schema.ts"
import { framed, icon, style } from "./page-frame.ts"
import { navigation, referencePages } from "./pages.ts"
import { docsPath, documentPath, iconPath, stylePath } from "./places.ts"

/** Serves the OpenAPI document and pages about it: no script, nothing fetched from elsewhere. */
export function registerReference(app: FastifyInstance, document: JsonSchema): void {
  const known = described(document)
  const send = makeSender()
  const files = [
    { path: documentPath, type: "application/json; charset=utf-8", text: JSON.stringify(document) },
    { path: stylePath, type: "text/css; charset=utf-8", text: style },
    { path: iconPath, type: "image/svg+xml", text: icon },
  ]
  for (const { path, type, text } of files) {
    app.get(path, async (request, reply) => send(request, reply.header("content-type", type), text))
  }
  app.get(`${docsPath}/`, async (_, reply) => reply.redirect(docsPath, 308))
  for (const [place, { title, main }] of referencePages(known)) {
    const page = (theme: "light" | "dark" | undefined) =>
      framed({ title, main, theme, navigation: navigation(known, place) })
    app.get(`${docsPath}${place}`, async (request, reply) => {
      reply
        .headers(pageHeaders)
        .header("content-security-policy", referencePolicy)
        .header("content-type", "text/html; charset=utf-8")
      return send(request, reply, page(themeIn(request)))
    })
  }
}

/** What somebody chose in the dashboard, which keeps it in a cookie. */
function themeIn({ headers }: FastifyRequest): "light" | "dark" | undefined {
  const chosen = /(?:^|;\s*)theme=(light|dark)\b/.exec(headers.cookie ?? "")?.[1]
  return chosen === "light" || chosen === "dark" ? chosen : undefined
}

// The highest quality takes seconds for the document, for a few percent.
const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }
const packers = {
  br: (text: string) => promisify(brotliCompress)(text, quality),
  gzip: (text: string) => promisify(gzip)(text),
} as const

/** Sends texts that stay the same for as long as the server runs: packed once, and asked for again by tag. */
function makeSender() {
  const packed = new Map<string, Promise<Buffer>>()
  const pack = (tag: string, text: string, as: keyof typeof packers) => {
    const key = `${tag} ${as}`
    const bytes = packed.get(key) ?? packers[as](text)
    packed.set(key, bytes)
    return bytes
  }
  return async (request: FastifyRequest, reply: FastifyReply, text: string) => {
    const tag = `"${createHash("sha256").update(text).digest("base64url").slice(0, 22)}"`
    reply.headers({ etag: tag, "cache-control": "no-cache", vary: "accept-encoding, cookie" })
    if (request.headers["if-none-match"] === tag) return reply.code(304).send()
    const takes = request.headers["accept-encoding"] ?? ""
    const as = /\bbr\b/.test(takes) ? "br" : /\bgzip\b/.test(takes) ? "gzip" : undefined
    if (!as) return reply.send(text)
    return reply.header("content-encoding", as).send(await pack(tag, text, as))
  }
}
