"use client"
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query"
import type { Project, ProjectState } from "@vibecaas/contract/kinds/projects"
import { act } from "../api/act.ts"
import { read, readPages } from "../api/read.ts"
import { useSession } from "../shell/session.tsx"

export interface ProjectFilter {
  state: ProjectState | undefined
  search: string
}

/** Projects of the organization, page by page, last changed first. */
export function useProjects({ state, search }: ProjectFilter) {
  const { organization } = useSession()
  const query = {
    organizationId: organization.id,
    limit: 50,
    ...(state ? { state } : {}),
    ...(search ? { search } : {}),
  }
  return useInfiniteQuery({
    ...readPages("GET /projects", { query }),
    placeholderData: keepPreviousData,
  })
}

export const projectOf = (projectId: string) =>
  read("GET /projects/{projectId}", { params: { projectId: projectId as Project["id"] } }) // judged by the server

export function useProject(projectId: string) {
  return useQuery(projectOf(projectId))
}

const answers = ({ id }: Pick<Project, "id">) => projectOf(id)

/** Creates a project; the same wish sent twice creates it once. */
export const createProject = act("POST /projects", {
  once: true,
  answers,
  renews: ["GET /projects"],
})

/** Deletes a project; the body repeats its name. */
export const deleteProject = act("DELETE /projects/{projectId}", {
  answers,
  renews: ["GET /projects"],
})

/** Renames a project or changes who sees its preview, if nobody else changed it meanwhile. */
export const updateProject = act("PATCH /projects/{projectId}", {
  answers,
  renews: ({ params }) => ["GET /projects", ["GET /projects/{projectId}", params]],
})

const newFiles = ({ params }: { params: { projectId: string } }) =>
  [
    ["GET /projects/{projectId}/files", params],
    ["GET /projects/{projectId}/versions", params],
  ] as const

/** Writes, deletes or moves files in one commit, refused when somebody else wrote meanwhile. */
export const commitFiles = act("POST /projects/{projectId}/commits", {
  once: true,
  renews: newFiles,
})

/** Uploads an archive; its files become one commit. */
export const uploadArchive = act("POST /projects/{projectId}/archive", { renews: newFiles })

const newVersion = (sent: Parameters<typeof newFiles>[0]) =>
  [...newFiles(sent), ["GET /projects/{projectId}/apps", sent.params]] as const

/** Brings all files back to a version; the same wish sent twice makes one commit. */
export const restoreVersion = act("POST /projects/{projectId}/restore", {
  once: true,
  renews: newVersion,
})

/** Takes back what a version changed; the same wish sent twice makes one commit. */
export const undoVersion = act("POST /projects/{projectId}/undo", {
  once: true,
  renews: newVersion,
})
