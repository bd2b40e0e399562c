import type { Project } from "@vibecaas/contract/kinds/projects"
import { projectLooks } from "./project-looks.ts"

/** Columns by which a list can be put in order; a minus before one turns it round. */
export const sortColumns = ["name", "state", "changed"] as const
export type SortColumn = (typeof sortColumns)[number]

const wordOf: Record<SortColumn, (project: Project) => string> = {
  name: ({ name }) => name.toLowerCase(),
  state: ({ state }) => projectLooks[state].word,
  changed: ({ updatedAt }) => updatedAt,
}

/** In the order that an address names; as it came when that is none. */
export function sorted(projects: readonly Project[], sort: string): readonly Project[] {
  const column = sortColumns.find((each) => each === sort.replace(/^-/, ""))
  if (!column) return projects
  const value = wordOf[column]
  const ordered = projects.toSorted((a, b) => value(a).localeCompare(value(b)))
  return sort.startsWith("-") ? ordered.reverse() : ordered
}

/** What a press on a column asks for: that order, then the other way, then as it came. */
export function nextSort(sort: string, column: SortColumn): string {
  if (sort === column) return `-${column}`
  return sort === `-${column}` ? "" : column
}
