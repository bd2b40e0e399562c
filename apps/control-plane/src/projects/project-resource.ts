import type { Ctx } from "../core/ctx.ts"
import type { Ref } from "../core/holds.ts"
import type { Resource } from "../core/resource.ts"
import { announce } from "./announce.ts"
import type { ProjectRow } from "./project.ts"
import { findProject } from "./queries.ts"

export const projectResource: Resource<ProjectRow> = {
  noun: "project",
  loop: "projects",
  find: (ctx, id) => findProject(ctx.db, id),
  about: async (_, row) => row.name,
  tell: (ctx, { id }) => announce(ctx, id),
}

/** The organization, which a project keeps from going before it. */
export const ownerOf = ({ organizationId }: Pick<Ctx, "organizationId">): Ref => ({
  loop: "organizations",
  id: organizationId,
})
