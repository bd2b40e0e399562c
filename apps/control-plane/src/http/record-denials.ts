import { bestEffort } from "@vibecaas/kernel/log"
import { record } from "../core/record.ts"
import type { RateLimiter } from "./rate-limit.ts"
import type { Row } from "./route-runner.ts"

/** The same refusal of the same person is kept once in so long, or the audit would be theirs to fill. */
const once = { max: 1, windowSeconds: 60 }

/** Writes refusals into the audit, in a transaction of their own. Whoever is refused is so without it, too. */
export function recordDenials({
  scope,
  log,
  limiter,
}: Pick<Row, "scope" | "log"> & { limiter: RateLimiter }): Row["recordDenial"] {
  return async ({ place, subject, permission, route, actor }) => {
    const { organizationId } = place
    const { allowed } = await limiter.take(`denial:${actor.id} ${route} ${subject}`, once)
    if (!allowed) return
    await bestEffort(log, "record a refusal", () =>
      scope({ organizationId, actor }, async (ctx) =>
        record(ctx, { action: "access.deny", subject, details: { route, permission } }),
      ),
    )
  }
}
