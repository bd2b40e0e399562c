import type { AuditRecord } from "@vibecaas/contract/kinds/audit"
import type { Paths } from "../paths.ts"

type Place = (paths: Paths, id: string, projectId: string | null) => string | undefined

const inProject =
  (at: (paths: Paths, projectId: string, id: string) => string): Place =>
  (paths, id, projectId) =>
    projectId ? at(paths, projectId, id) : undefined

/** Where objects are looked at, by what their ids begin with. */
const places: Record<string, Place> = {
  prj: (paths, id) => paths.project(id),
  run: inProject((paths, projectId, id) => paths.run(projectId, id)),
  cmp: inProject((paths, projectId, id) => paths.comparison(projectId, id)),
  vm: inProject((paths, projectId, id) => paths.machine(projectId, id)),
  app: inProject((paths, projectId) => paths.app(projectId)),
  org: (paths) => paths.settings(),
  key: (paths) => paths.apiKeys(),
}

/** The page of what a record is about, or of its project; none for what has no page or is gone. */
export function placeOfSubject(
  paths: Paths,
  { subject, projectId, action }: Pick<AuditRecord, "subject" | "projectId" | "action">,
): string | undefined {
  if (/\.deleted$/.test(action)) return undefined
  const place = places[subject.split("_", 1)[0] ?? ""]?.(paths, subject, projectId)
  return place ?? (projectId ? paths.project(projectId) : undefined)
}
