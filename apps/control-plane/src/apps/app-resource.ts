import type { Resource } from "../core/resource.ts"
import { needProject } from "../projects/index.ts"
import { announce } from "./announce.ts"
import type { AppRow } from "./app.ts"
import { findApp } from "./queries.ts"

export const appResource: Resource<AppRow> = {
  noun: "app",
  loop: "apps",
  find: (ctx, id) => findApp(ctx.db, id),
  about: async (ctx, row) => (await needProject(ctx, row.projectId)).name,
  tell: announce,
}
