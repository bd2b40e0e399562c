import type { Project } from "@vibecaas/contract/kinds/projects"
import { changeItems } from "../api/kept.ts"
import { read } from "../api/read.ts"
import type { Touch } from "../api/touch.ts"
import type { Applier } from "../kind.ts"
import { fieldsOf } from "../live/live-cache.ts"

/** The project itself and what changes with it; files and diffs of a commit stay what they are. */
const readOf = (projectId: string): readonly Touch[] => [
  ["GET /projects/{projectId}", { projectId }],
  ["GET /projects/{projectId}/files", { projectId }],
  ["GET /projects/{projectId}/commits", { projectId }],
  ["GET /projects/{projectId}/versions", { projectId }],
]

export const projectChanged: Applier = ({ id, data }, { client, again }) => {
  const news = fieldsOf<Project>(data)
  const patch = (project: Project) => (project.id === id ? { ...project, ...news } : project)
  const projectId = id as Project["id"] // so the contract says of this event
  const { queryKey } = read("GET /projects/{projectId}", { params: { projectId } })
  client.setQueryData(queryKey, (project) => project && patch(project))
  changeItems(client, "GET /projects", patch)
  again("GET /projects", ...readOf(id))
}

export const projectDeleted: Applier = ({ id }, { again }) =>
  again("GET /projects", ["GET /projects/{projectId}/*", { projectId: id }])
