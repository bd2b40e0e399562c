import { createHash, timingSafeEqual } from "node:crypto"
import type { FastifyInstance } from "fastify"

/** What watches the installation may read: numbers without names of anybody. */
export interface Metrics {
  contentType: string
  read(): Promise<string>
  /** who asks must say it; without one anybody who reaches the server may ask */
  token: string | undefined
}

/** `/metrics` in Prometheus' text, for whoever has the token. */
export function registerMetrics(app: FastifyInstance, metrics: Metrics): void {
  app.get("/metrics", async (request, reply) => {
    reply.header("cache-control", "no-store")
    if (metrics.token && !says(request.headers.authorization, metrics.token)) {
      return reply.code(401).header("www-authenticate", "Bearer").send("Say the token.\n")
    }
    return reply.type(metrics.contentType).send(await metrics.read())
  })
}

function says(header: string | undefined, token: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest()
  return timingSafeEqual(hash(header ?? ""), hash(`Bearer ${token}`))
}
