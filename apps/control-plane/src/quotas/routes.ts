import type { Parts } from "../core/ctx.ts"
import type { Kind } from "../core/kind.ts"
import { setPlan } from "./set-plan.ts"
import { showQuotas } from "./show-quotas.ts"

/** Limits of an organization's plan, and what is reserved of them. */
export function makeQuotas({ scope }: Pick<Parts, "scope">): Kind<"quotas"> {
  return {
    handlers: {
      "GET /organizations/{organizationId}/quotas": ({ ctx }) => showQuotas(ctx),
      // Administrators of the installation are rarely members of the organization.
      "PUT /organizations/{organizationId}/plan": ({ params, body, actor }) =>
        scope({ organizationId: params.organizationId, actor }, async (ctx) => {
          await setPlan(ctx, body.plan)
          return showQuotas(ctx)
        }),
    },
    loops: [],
  }
}
