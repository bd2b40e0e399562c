import type { Handlers } from "../core/kind.ts"
import { needProject } from "../projects/index.ts"
import { allowHost, revoke, setServiceValue } from "./allow-host.ts"
import type { NetworkParts } from "./network-parts.ts"
import { listEntries, listShownRules } from "./queries.ts"
import { showEntry, showRule } from "./rule.ts"

const shownMax = 100

export function networkHandlers(parts: Pick<NetworkParts, "vault" | "own">): Handlers<"network"> {
  return {
    "GET /projects/{projectId}/network": async ({ ctx, params: { projectId } }) => {
      await needProject(ctx, projectId)
      const items = (await listShownRules(ctx.db, projectId)).map(showRule)
      return { items, log: (await listEntries(ctx.db, projectId, shownMax)).map(showEntry) }
    },
    "POST /projects/{projectId}/network/rules": async ({ ctx, params, body }) =>
      showRule(await allowHost(ctx, parts, { ...params, ...body })),
    "PUT /projects/{projectId}/network/rules/{ruleId}/value": async (asked) => {
      const { ctx, params, body, ifMatch } = asked
      return showRule(await setServiceValue(ctx, parts, { ...params, ...body, ifMatch }))
    },
    "DELETE /projects/{projectId}/network/rules/{ruleId}": async ({ ctx, params }) => {
      await revoke(ctx, parts, params)
      return undefined
    },
  }
}
