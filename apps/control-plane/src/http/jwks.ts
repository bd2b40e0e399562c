import { jwksPath } from "@vibecaas/contract/token-routes"
import type { FastifyInstance } from "fastify"
import type { ServedRow } from "./served.ts"

/** How long others may keep the keys, in seconds: a new one is there long before it signs much. */
const keptSeconds = 300

/** Public keys of tokens where libraries look for them; the same as a row of the contract. */
export function registerJwks(app: FastifyInstance, served: readonly ServedRow[]): void {
  const row = served.find(({ name }) => name === "GET /tokens/keys")
  if (!row) return
  app.get(jwksPath, { config: { route: row.route } }, async (_, reply) =>
    reply.header("cache-control", `public, max-age=${keptSeconds}`).send(await row.handler({})),
  )
}
