import { fault } from "@vibecaas/kernel/fault"
import type { Revision } from "../backend.ts"
import type { Release } from "../release.ts"

/**
 * What a way back to a revision is called; nothing when that is what runs already.
 *
 * @param history the newest first
 * @throws Fault `invalid` when there is no such revision, or it is of another version than the release
 */
export function wayBack(
  history: readonly Revision[],
  release: Release,
  revision: number,
): { about?: string } {
  const known = history.find(({ number }) => number === revision)
  if (!known) throw fault("invalid", { say: `There is no revision ${revision} of this store.` })
  if (known.version !== release.version) {
    throw fault("invalid", { say: `Revision ${revision} is of version ${known.version}.` })
  }
  const about = `Rolled back to ${revision}`
  const [now] = history
  return now?.version === known.version && now.about === about ? {} : { about }
}
