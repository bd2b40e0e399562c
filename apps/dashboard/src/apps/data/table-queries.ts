import { useQuery } from "@tanstack/react-query"
import type { IdOf } from "@vibecaas/contract/kinds"
import { act } from "../../api/act.ts"
import { read } from "../../api/read.ts"

/** One table of one database. */
export interface TableOf {
  projectId: IdOf<"project">
  database: string
  table: string
}

export interface Shown {
  search: string
  sort: string | undefined
  descending: boolean
  offset: number
}

/** rows of a page */
export const rowsShown = 50

export const useDatabases = (projectId: IdOf<"project">) =>
  useQuery(read("GET /projects/{projectId}/databases", { params: { projectId } }))

export function useRows({ projectId, database, table }: TableOf, shown: Shown) {
  const { search, sort, descending, offset } = shown
  const query = {
    ...{ database, table, offset, limit: rowsShown },
    ...(search ? { search } : {}),
    ...(sort === undefined ? {} : { sort, ...(descending ? { descending: "true" as const } : {}) }),
  }
  return useQuery({
    ...read("GET /projects/{projectId}/rows", { params: { projectId }, query }),
    // The rows before stay until the next ones are there.
    placeholderData: (before) => before,
    staleTime: 0,
  })
}

const renews = [
  "GET /projects/{projectId}/databases",
  "GET /projects/{projectId}/rows",
  "GET /projects/{projectId}/backups",
] as const

export const importRows = act("POST /projects/{projectId}/rows/file", { renews })
export const replaceDatabase = act("PUT /projects/{projectId}/databases/file", { renews })

/** What the app keeps in files, and how much of its disk that takes. */
export const useDataFiles = (projectId: IdOf<"project">) =>
  useQuery({
    ...read("GET /projects/{projectId}/data-files", { params: { projectId } }),
    staleTime: 0,
  })

export const removeDataFile = act("DELETE /projects/{projectId}/data-files", {
  renews: ["GET /projects/{projectId}/data-files", ...renews],
})

/** Where a table is downloaded. */
export function exportOf({ projectId, ...of }: TableOf, format: "csv" | "json"): string {
  return `/api/v1/projects/${projectId}/rows/file?${new URLSearchParams({ ...of, format })}`
}
