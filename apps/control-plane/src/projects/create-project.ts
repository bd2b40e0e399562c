import type { IdOf } from "@vibecaas/contract/kinds"
import type { Project } from "@vibecaas/contract/kinds/projects"
import type { Ctx } from "../core/ctx.ts"
import { placeHold } from "../core/holds.ts"
import { takeHost } from "../core/hosts.ts"
import { record } from "../core/record.ts"
import { reserve } from "../quotas/index.ts"
import { needLivingOrganization } from "../tenants/index.ts"
import { announceRow } from "./announce.ts"
import { type ProjectRow, slugOf } from "./project.ts"
import { ownerOf } from "./project-resource.ts"
import { insertProject } from "./queries.ts"

export interface NewProject {
  name: string
  /** whether a person chose the name; the default */
  nameGiven?: boolean
  preview: Project["preview"]
}

/**
 * Adds an empty project.
 *
 * @throws Fault `quota_exceeded`, `wrong_state` when the organization is being deleted
 */
export async function createProject(ctx: Ctx, input: NewProject): Promise<ProjectRow> {
  await needLivingOrganization(ctx)
  const id = ctx.newId("prj")
  await reserve(ctx, "projects", { subject: id, amount: 1 })
  const slug = await reserveSlug(ctx, input.name, id)
  const row = await insertProject(ctx.db, {
    id,
    organizationId: ctx.organizationId,
    name: input.name,
    nameGiven: input.nameGiven ?? true,
    slug,
    preview: input.preview,
    createdBy: ctx.actor.name,
    createdAt: ctx.clock.now(),
  })
  await placeHold(ctx, { on: ownerOf(ctx), by: { loop: "projects", id } })
  const details = { about: input.name, slug }
  record(ctx, { action: "project.create", subject: id, details })
  announceRow(ctx, row)
  return row
}

/** The name's own slug when it is free, else with a suffix from the project's id. */
async function reserveSlug(ctx: Ctx, name: string, id: IdOf<"project">): Promise<string> {
  const first = slugOf(name)
  for (const length of [0, 4, 7]) {
    const slug = length === 0 ? first : `${first}-${id.slice(-length)}`
    if (await takeHost(ctx, { host: slug, kind: "project", id })) return slug
  }
  throw new Error(`no free slug for ${first}`)
}
