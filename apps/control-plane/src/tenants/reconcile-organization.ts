import type { Key } from "@vibecaas/reconcile/key"
import type { LoopDefinition } from "@vibecaas/reconcile/loop"
import type { Ctx, Parts } from "../core/ctx.ts"
import { emit } from "../core/emit.ts"
import { wakeHolders } from "../core/holds.ts"
import { record } from "../core/record.ts"
import type { Resource } from "../core/resource.ts"
import { type Rest, rest, rowsLoop } from "../core/resource-loop.ts"
import type { OrganizationRow } from "./organization.ts"
import { eraseOrganization, findOrganization } from "./queries.ts"

export const organizationResource: Resource<OrganizationRow> = {
  noun: "organization",
  loop: "organizations",
  find: (ctx) => findOrganization(ctx.db),
  about: async (_, row) => row.name,
  tell: tellOrganization,
}

/** Says that an organization, or who belongs to it, is not as it was. */
export function tellOrganization(ctx: Ctx): void {
  const id = ctx.organizationId
  emit(ctx, { kind: "organization.changed", about: {}, id, data: { id } })
}

interface Seen {
  /** what has not been torn down yet */
  holders: number
}
type Step = { do: "erase" }

/** How often those that hold an organization are woken again, in `ms`: a wake can be lost. */
const wakeAgainMs = 5000

/** An organization that is to go waits for those that hold it; any other needs nothing. */
export function nextStep(row: Pick<OrganizationRow, "wanted">, { holders }: Seen): Step | Rest {
  if (row.wanted === "present") return rest(null)
  if (holders === 0) return { do: "erase" }
  return { ...rest(wakeAgainMs), mark: `held by ${holders}` }
}

/** Erases organizations that are wanted gone, once nothing of theirs runs or lies anywhere. */
export function organizationLoop(parts: Parts & { due: () => Promise<Key[]> }): LoopDefinition {
  return rowsLoop<OrganizationRow, Seen, Step>(parts, {
    of: organizationResource,
    description: "Erases the rows of organizations that are wanted gone, once all they own is gone",
    concurrency: 2,
    due: parts.due,
    look: async (ctx, row) => ({
      holders: row.wanted === "present" ? 0 : await wakeHolders(ctx, row.id),
    }),
    next: nextStep,
    take: async (ctx, _, { row }) => {
      await eraseOrganization(ctx.db)
      const details = { about: row.name }
      record(ctx, { action: "organization.deleted", subject: row.id, details })
      tellOrganization(ctx)
    },
    ending: (_, row) => row.wanted === "gone",
    fail: async () => {},
  })
}
