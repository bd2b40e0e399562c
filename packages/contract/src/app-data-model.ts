import { z } from "zod"
import { commitRef } from "./commits.ts"
import { dataModel } from "./data-model.ts"
import { inProject, projectId } from "./kinds/projects.ts"
import type { RouteTable } from "./route.ts"

/** What a record keeper keeps, as its `app.json` says at one commit. */
export const projectDataModel = z
  .object({
    commit: z.string().meta({ description: "send it back as If-Match" }),
    model: dataModel,
    records: z.record(z.string(), z.number().int()).nullable().meta({
      description:
        "how many records each list has, by its plural; null while the app that people see does not run",
    }),
  })
  .meta({ id: "ProjectDataModel" })
export type ProjectDataModel = z.infer<typeof projectDataModel>

const params = z.object({ projectId })

/** They are served by the kind `apps`: a new model is run at once. */
export const dataModelRoutes = {
  "GET /projects/{projectId}/data-model": {
    summary: "What the app keeps, as its app.json says (at the newest commit by default)",
    access: { ...inProject, permission: "project:read" },
    params,
    query: z.object({ commit: commitRef.optional() }),
    reply: { status: 200, body: projectDataModel },
  },
  "PUT /projects/{projectId}/data-model": {
    summary: "Change what the app keeps: one commit of app.json alone, which is run at once",
    access: { ...inProject, permission: "app:operate" },
    params,
    body: z.strictObject({ model: dataModel }),
    reply: { status: 202, body: projectDataModel },
    faults: ["invalid", "quota_exceeded", "conflict", "wrong_state", "too_large", "disk_full"],
    ifMatch: "commit",
    provisions: true,
  },
} as const satisfies RouteTable
