import { describe } from "vitest"
import { backupFacts } from "./suite/backups.suite.ts"
import { besideFacts } from "./suite/beside.suite.ts"
import { crashFacts } from "./suite/crashes.suite.ts"
import { lifeFacts } from "./suite/life.suite.ts"
import { makeStoreSuite, type StoreWorld } from "./suite/world.suite.ts"

/**
 * What every engine on every backend promises; `crashes` is what it also does when it is killed, at length.
 * `atOnce` takes the facts beside each other.
 */
export function storeSuite(
  name: string,
  makeWorld: () => Promise<StoreWorld>,
  { crashes = true, atOnce = false } = {},
): void {
  describe(name, () => {
    const suite = makeStoreSuite(makeWorld, { atOnce })
    lifeFacts(suite)
    backupFacts(suite)
    besideFacts(suite, { crashes })
    if (crashes) crashFacts(suite)
  })
}
