import { type IdOf, type Resource, resources } from "@vibecaas/contract/kinds"
import type { TransferCheck } from "@vibecaas/contract/kinds/moves"
import { organizationId as organizationIdSchema } from "@vibecaas/contract/kinds/tenants"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx, Scope } from "../core/ctx.ts"
import type { Principal } from "../core/kind.ts"
import { actAsPlatform } from "../core/resource.ts"
import { needLivingProject, type ProjectRow } from "../projects/index.ts"
import { showLimits } from "../quotas/index.ts"
import { sharesOf } from "../secrets/index.ts"
import { needOrganization } from "../tenants/index.ts"
import { limitedKeys, reservationsOf, whatIsAtWork } from "./queries/transfers.ts"
import { findUnderWay } from "./queries.ts"

type ProjectId = IdOf<"project">

/** Roles that may give projects away, and take them in. */
const governs = (role: string | undefined) => role === "owner" || role === "admin"

/**
 * The organization that a person may give projects to: another one that they govern.
 *
 * @throws Fault `not_found` for every other one, `invalid` for the same
 */
export function needTarget(principal: Principal, from: string, to: string): string {
  if (from === to) {
    const say = "The project belongs to this organization already."
    throw fault("invalid", { say, fields: { "/to": say } })
  }
  const membership = principal.memberships.find(({ organizationId }) => organizationId === to)
  if (membership && !membership.closed && governs(membership.role)) return to
  throw fault("not_found", { say: "There is no organization that you could give this project to." })
}

/** What a transfer needs, and what it would take away; nothing is changed. @throws Fault `not_found` */
export async function checkTransfer(
  ctx: Ctx,
  { scope }: { scope: Scope },
  of: { projectId: ProjectId; to: string },
): Promise<TransferCheck> {
  const project = await needLivingProject(ctx, of.projectId)
  const needed = sumsOf(await reservationsOf(ctx.db, project.id))
  const target = await actAsPlatform(
    { scope },
    { organizationId: of.to, readOnly: true },
    readTarget,
  )
  const lines = target.limits
    .filter(({ resource }) => needed.has(resource))
    .map(({ resource, name, used, limit }) => {
      const more = needed.get(resource) ?? 0
      return { resource, name, needed: more, used, limit, fits: used + more <= limit }
    })
  const tight = lines.filter(({ fits }) => !fits).map((line) => sayTight(line))
  const blocks = [...(await blocksOf(ctx, project)), ...target.blocks, ...tight]
  return {
    organization: { id: organizationIdSchema.parse(of.to), name: target.name },
    fits: blocks.length === 0,
    lines,
    blocks,
    loses: await losesOf(ctx, project),
  }
}

async function readTarget(ctx: Ctx) {
  const { name, wanted } = await needOrganization(ctx)
  const { quotas: limits } = await showLimits(ctx)
  const blocks = wanted === "gone" ? [`${name} is being deleted.`] : []
  return { name, limits, blocks }
}

function sumsOf(reserved: readonly { resource: Resource; amount: number }[]): Map<string, number> {
  const sums = new Map<string, number>()
  for (const { resource, amount } of reserved)
    sums.set(resource, (sums.get(resource) ?? 0) + amount)
  return sums
}

const sayTight = (line: { resource: string; needed: number; used: number; limit: number }) =>
  `The other organization's plan allows ${line.limit} ${resources[line.resource as Resource].counted}; ${line.used} are in use, and this project needs ${line.needed}.`

/** What has to be over before, a sentence each. */
async function blocksOf(ctx: Ctx, { id }: ProjectRow): Promise<string[]> {
  const moving = await findUnderWay(ctx.db, id)
  const { runs, comparisons, backups } = await whatIsAtWork(ctx.db, id)
  return [
    ...(moving ? ["The project is being imported, duplicated or given away already."] : []),
    ...(runs > 0
      ? ["Agents work on the project. Wait until they are done, or cancel the run."]
      : []),
    ...(comparisons > 0 ? ["A comparison is open. Promote a candidate, or end it."] : []),
    ...(backups > 0 ? ["A backup is being made. Wait until it is kept."] : []),
  ]
}

/** What does not go along, a sentence each. */
async function losesOf(ctx: Ctx, { id, audience }: ProjectRow): Promise<string[]> {
  const { borrowed, lent } = await sharesOf(ctx, id)
  const keys = await limitedKeys(ctx.db, id)
  const people =
    audience === "organization"
      ? "People of this organization do not see it any more, unless it is shared with them by name."
      : "Owners and admins of this organization do not see it any more, unless it is shared with them by name."
  return [
    people,
    "Its app is stopped, and started again once it is there. Its address stays.",
    ...borrowed.map(
      (name) =>
        `The secret ${name} is shared with it here. A variable that refers to it finds none.`,
    ),
    ...lent.map((name) => `The secret ${name} is shared with others. That ends.`),
    ...keys.map((name) => `The API key ${name} opens this project, and does not any more.`),
    "What was written down and counted of it so far stays with this organization.",
  ]
}
