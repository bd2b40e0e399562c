import { bestEffort } from "@vibecaas/kernel/log"
import { knownStores } from "./queries/platform.ts"
import type { StoresOptions } from "./stores-parts.ts"

type ReapParts = Pick<StoresOptions, "backend" | "database" | "log">

/** Stores of which something is there and that no row claims, as after a restored database. */
export async function findOrphans({ backend, database }: ReapParts): Promise<string[]> {
  // The backend first: a store whose row is just written has nothing there yet.
  const there = await backend.list()
  if (there.length === 0) return []
  const known = await database.asPlatform((tx) => knownStores(tx, there))
  return there.filter((id) => !known.has(id))
}

/** Takes down what nobody owns; its backups stay. One that was claimed meanwhile is left alone. */
export async function reapOrphans(parts: ReapParts, found: readonly string[]): Promise<void> {
  const still = found.length > 0 ? await findOrphans(parts) : []
  for (const id of found.filter((each) => still.includes(each))) {
    parts.log.warn({ store: id }, "taking down a store that no row claims")
    await bestEffort(parts.log, "take down a store that no row claims", () =>
      parts.backend.destroy(id),
    )
  }
}
