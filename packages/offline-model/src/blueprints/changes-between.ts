/** What has to change in an app's files so that it follows another spec. */
import type { DataModel } from "@vibecaas/contract/data-model"
import type { AppFile, FileRole } from "./render-app.ts"
import { renderApp } from "./render-app.ts"

export type FileChange =
  | ({ kind: "write" } & AppFile)
  | { kind: "delete"; path: string; role: FileRole }

/**
 * Only files whose blueprint differs between the two specs, or that are missing: a file somebody
 * edited by hand is left alone unless the change needs it.
 * @param existing  paths present in the project now
 */
export function changesBetween(
  before: DataModel | undefined,
  after: DataModel,
  existing: readonly string[],
): FileChange[] {
  const old = new Map(before ? renderApp(before).map((file) => [file.path, file]) : [])
  const next = renderApp(after)
  const writes = next
    .filter((file) => !existing.includes(file.path) || old.get(file.path)?.content !== file.content)
    .map((file): FileChange => ({ kind: "write", ...file }))
  const kept = new Set(next.map((file) => file.path))
  const deletes = [...old.values()]
    .filter((file) => !kept.has(file.path) && existing.includes(file.path))
    .map((file): FileChange => ({ kind: "delete", path: file.path, role: file.role }))
  return [...writes, ...deletes]
}
