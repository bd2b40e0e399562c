import { invariant } from "@vibecaas/kernel/fault"
import type { Actor, Ctx, Parts } from "../core/ctx.ts"
import type { Handlers, Principal } from "../core/kind.ts"
import type { PlatformVault } from "../secrets/index.ts"
import { periodOf } from "../usage/index.ts"
import { showReach } from "./reach.ts"
import { needProvider, removeProvider, setProvider } from "./set-provider.ts"
import { type RolesParts, setRole, showRole, showRoles } from "./set-role.ts"
import { showMetrics } from "./show-metrics.ts"
import { testProvider } from "./test-provider.ts"

export interface ModelsKindParts extends Pick<Parts, "scope" | "clock">, RolesParts {
  vault: PlatformVault
}

interface Who {
  principal: Principal
  actor: Actor
}

export function modelHandlers(parts: ModelsKindParts): Handlers<"models"> {
  const { models } = parts
  const reachTo = (name: string) => {
    const provider = needProvider(name)
    const reach = models.reaches().find((each) => each.provider === provider)
    invariant(reach, "every provider that people may set has a reach")
    return reach
  }
  return {
    "GET /models/providers": async () => ({ items: models.reaches().map(showReach) }),
    "PUT /models/providers/{provider}": async ({ params, body, ...who }) => {
      const provider = needProvider(params.provider)
      await change(parts, who, (ctx) => setProvider(ctx, { ...parts, provider }, body))
      return showReach(reachTo(params.provider))
    },
    "DELETE /models/providers/{provider}": async ({ params, ...who }) => {
      const provider = needProvider(params.provider)
      await change(parts, who, (ctx) => removeProvider(ctx, { ...parts, provider }))
      return showReach(reachTo(params.provider))
    },
    "POST /models/providers/{provider}/test": async ({ params, body }) =>
      testProvider(parts, reachTo(params.provider), body.model),
    "GET /models/roles": async () => ({ items: showRoles(parts) }),
    "PUT /models/roles/{role}": async ({ params: { role }, body, ...who }) => {
      await change(parts, who, (ctx) => setRole(ctx, parts, { role, set: body }))
      return showRole(parts, role)
    },
    "GET /organizations/{organizationId}/models/metrics": async ({ ctx, query }) => {
      const period = periodOf(query, ctx.clock.now())
      const { from, to } = period
      const shown = await showMetrics(ctx, period)
      return { from: from.toISOString(), to: to.toISOString(), ...shown }
    },
  }
}

/**
 * Changes what counts for the whole installation. Who did it is told by the audit of their own
 * organization: the installation has none. Other replicas hear of it from the database.
 */
async function change(
  { scope, models }: ModelsKindParts,
  { principal, actor }: Who,
  action: (ctx: Ctx) => Promise<void>,
): Promise<void> {
  const organizationId = principal.personalOrganizationId
  await scope({ organizationId, actor }, action)
  await models.read()
}
