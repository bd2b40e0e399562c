import type { Clock } from "@vibecaas/kernel/clock"
import { inTime } from "@vibecaas/kernel/in-time"
import type { FastifyInstance } from "fastify"

/** One thing that must hold before calls are sent here; answers why not, or nothing. */
export interface Readiness {
  name: string
  /** the reason why it is not ready, in words that tell nothing secret */
  notReady(): Promise<string | undefined> | string | undefined
}

const checkTimeoutMs = 3_000

interface HealthParts {
  checks: readonly Readiness[]
  /** failures that the process outlived; they do not make it unready */
  strays(): { count: number }
  clock: Pick<Clock, "sleep">
}

/**
 * `/healthz`: the process answers, so leave it alone. `/readyz`: it can do its work, so send it
 * calls; 503 names what is missing.
 */
export function registerHealth(app: FastifyInstance, parts: HealthParts): void {
  app.get("/healthz", async (_, reply) =>
    reply.header("cache-control", "no-store").send({ ok: true }),
  )
  let looking: Promise<Record<string, unknown>> | undefined
  app.get("/readyz", async (_, reply) => {
    // Whoever asks while we look gets the same answer: nobody can make us look more often.
    looking ??= reasonsAgainst(parts).finally(() => {
      looking = undefined
    })
    const reasons = await looking
    const ready = Object.keys(reasons).length === 0
    const strays = parts.strays()
    return reply
      .code(ready ? 200 : 503)
      .header("cache-control", "no-store")
      .send({ ready, ...(ready ? {} : { reasons }), ...(strays.count > 0 ? { strays } : {}) })
  })
}

async function reasonsAgainst(parts: HealthParts) {
  const found = await Promise.all(
    parts.checks.map(async (check) => [check.name, await reasonOf(check, parts.clock)] as const),
  )
  return Object.fromEntries(found.filter(([, reason]) => reason !== undefined))
}

async function reasonOf(
  check: Readiness,
  clock: HealthParts["clock"],
): Promise<string | undefined> {
  try {
    const answer = Promise.resolve(check.notReady())
    return await inTime({ clock, ms: checkTimeoutMs }, answer, () => "it does not answer")
  } catch {
    return "it does not work"
  }
}
