import type { RawBody } from "@vibecaas/contract/route"
import { fault } from "@vibecaas/kernel/fault"
import type { FastifyInstance } from "fastify"

/**
 * Gives routes that `register` adds their bodies as the bytes that came. A place of its own, since
 * everywhere else JSON is parsed.
 */
export function takeRawBodies(app: FastifyInstance, register: (within: FastifyInstance) => void) {
  app.register(async (within) => {
    within.removeAllContentTypeParsers()
    within.addContentTypeParser("*", { parseAs: "buffer" }, (_, body, done) => done(null, body))
    register(within)
  })
}

/** @throws Fault `media_type` */
export function checkRawType({ types }: RawBody, contentType: string | undefined): void {
  const [name = ""] = (contentType ?? "").split(";")
  if (types.includes(name.trim().toLowerCase())) return
  throw fault("media_type", { say: `Send the body as ${types.join(" or ")}.` })
}
