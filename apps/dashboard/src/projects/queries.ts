"use client"
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query"
import type { Project, ProjectState } from "@vibecaas/contract/kinds/projects"
import { call } from "../api/call.ts"
import { keys } from "../api/keys.ts"
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
    ...(state ? { state } : {}),
    ...(search ? { search } : {}),
  }
  return useInfiniteQuery({
    queryKey: keys.projectList(query),
    queryFn: ({ signal, pageParam }) =>
      call("GET /projects", { query: { ...query, ...pageParam, limit: 50 } }, { signal }),
    initialPageParam: {},
    getNextPageParam: ({ nextCursor }) => (nextCursor ? { cursor: nextCursor } : undefined),
    placeholderData: keepPreviousData,
  })
}

export function useProject(projectId: string) {
  return useQuery({
    queryKey: keys.project(projectId),
    queryFn: ({ signal }) =>
      call(
        "GET /projects/{projectId}",
        { params: { projectId: projectId as Project["id"] } },
        { signal },
      ),
  })
}

/** Deletes a project; the body repeats its name. */
export function useDeleteProject(project: Project) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (name: string) =>
      call("DELETE /projects/{projectId}", { params: { projectId: project.id }, body: { name } }),
    onSuccess: (deleting) => {
      client.setQueryData(keys.project(project.id), deleting)
      void client.invalidateQueries({ queryKey: keys.projectLists })
    },
  })
}

/** Renames a project or changes who sees its preview, if nobody else changed it meanwhile. */
export function useUpdateProject(project: Project) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: { name?: string; preview?: Project["preview"] }) =>
      call(
        "PATCH /projects/{projectId}",
        { params: { projectId: project.id }, body },
        { ifMatch: project.version },
      ),
    onSuccess: (changed) => {
      client.setQueryData(keys.project(project.id), changed)
      void client.invalidateQueries({ queryKey: keys.projectLists })
    },
    onError: () =>
      void client.invalidateQueries({ queryKey: keys.project(project.id), exact: true }),
  })
}
