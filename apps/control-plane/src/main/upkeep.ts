import { bestEffort } from "@vibecaas/kernel/log"
import { removeExpired } from "../db/named-functions.ts"
import type { Packages } from "../packages/index.ts"
import type { Repositories } from "../projects/index.ts"
import type { Foundations } from "./foundations.ts"

const everyMs = 60 * 60 * 1000

interface UpkeepKinds {
  packages: Pick<Packages, "sweep">
  repositories: Pick<Repositories, "tidy">
}

/** Removes what is past its time, every hour: old live events, kept answers, preview codes, packages nobody uses. Packs repositories. */
export function startUpkeep(
  { database, clock, log }: Foundations,
  { packages, repositories }: UpkeepKinds,
): { stop(): void } {
  const stopped = new AbortController()
  const keepUp = async () => {
    for (;;) {
      await bestEffort(log, "remove what is past its time", () =>
        removeExpired(database, clock.now()),
      )
      await bestEffort(log, "remove packages that nobody uses", () => packages.sweep())
      await bestEffort(log, "pack repositories", () => repositories.tidy())
      await clock.sleep(everyMs, stopped.signal)
    }
  }
  // The sleep rejects when the upkeep is stopped.
  keepUp().catch(() => {})
  return { stop: () => stopped.abort() }
}
