/** What has to change in an app's files so that it follows another spec. */
import type { AppSpec } from "./app-spec.ts"
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
  before: AppSpec | undefined,
  after: AppSpec,
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

export interface Edit {
  find: string
  replace: string
}

/**
 * One exact replacement that turns `before` into `after`, in whole lines and with a `find` that
 * occurs once; undefined when most of the file changes, and a new file reads better than a diff.
 */
export function smallEdit(before: string, after: string): Edit | undefined {
  const [old, next] = [before.split("\n"), after.split("\n")]
  let from = commonCount(old, next)
  let back = Math.min(
    commonCount([...old].reverse(), [...next].reverse()),
    Math.min(old.length, next.length) - from,
  )
  while (from + back >= old.length && from > 0) from--
  for (;;) {
    const find = old.slice(from, old.length - back).join("\n")
    if (find.length > Math.max(400, before.length / 2)) return undefined
    if (find !== "" && before.split(find).length === 2) {
      return { find, replace: next.slice(from, next.length - back).join("\n") }
    }
    if (from === 0 && back === 0) return undefined
    if (from > 0) from--
    if (back > 0) back--
  }
}

function commonCount(one: string[], other: string[]): number {
  let count = 0
  while (count < one.length && count < other.length && one[count] === other[count]) count++
  return count
}
