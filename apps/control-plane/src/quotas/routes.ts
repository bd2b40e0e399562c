import type { quotaRoutes } from "@vibecaas/contract/quotas"
import type { Kind } from "../kind.ts"
import { showQuotas } from "./show-quotas.ts"

/** Limits of an organization's plan, and what is reserved of them. */
export function makeQuotas(): Kind<typeof quotaRoutes> {
  return {
    handlers: {
      "GET /organizations/{organizationId}/quotas": ({ ctx }) => showQuotas(ctx),
    },
    loops: [],
  }
}
