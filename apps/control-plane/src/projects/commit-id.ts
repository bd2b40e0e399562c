import { noSuchVersion } from "./git-faults.ts"

/** Commits are named by their SHA-1 only: never by a branch, a path or an abbreviation. */
export const isCommitId = (text: string): boolean => /^[0-9a-f]{40}$/.test(text)

/** @throws Fault `not_found` */
export function needCommitId(text: string): string {
  if (isCommitId(text)) return text
  throw noSuchVersion()
}
