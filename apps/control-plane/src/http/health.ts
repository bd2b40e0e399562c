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
  sleep(ms: number, signal: AbortSignal): Promise<void>
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
    parts.checks.map(async (check) => [check.name, await reasonOf(check, parts.sleep)] as const),
  )
  return Object.fromEntries(found.filter(([, reason]) => reason !== undefined))
}

async function reasonOf(
  check: Readiness,
  sleep: (ms: number, signal: AbortSignal) => Promise<void>,
): Promise<string | undefined> {
  const timer = new AbortController()
  const late = sleep(checkTimeoutMs, timer.signal).then(
    () => "it does not answer",
    () => undefined,
  )
  try {
    return await Promise.race([check.notReady(), late])
  } catch {
    return "it does not work"
  } finally {
    timer.abort()
  }
}
