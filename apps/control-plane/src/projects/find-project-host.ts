import type { IdOf } from "@vibecaas/contract/kinds"
import { type Project, projectId as projectIdSchema } from "@vibecaas/contract/kinds/projects"
import type { Parts } from "../core/ctx.ts"
import { targetOfHost } from "../db/named-functions.ts"
import type { Database } from "../db/tenant.ts"
import { findProject } from "./queries.ts"

export interface ProjectHost {
  organizationId: string
  projectId: IdOf<"project">
  slug: string
  preview: Project["preview"]
}

/** The project that a host names. A deleted one answers like one that never was, also while it is torn down. */
export async function findProjectHost(
  parts: Pick<Parts, "scope"> & { database: Database },
  host: string,
): Promise<ProjectHost | undefined> {
  const target = await targetOfHost(parts.database, host)
  if (target?.kind !== "project") return undefined
  const { organizationId } = target
  const id = projectIdSchema.parse(target.id)
  const project = await parts.database.readOrganization(organizationId, (tx) => findProject(tx, id))
  if (!project || project.wanted === "gone") return undefined
  return { organizationId, projectId: id, slug: project.slug, preview: project.preview }
}
