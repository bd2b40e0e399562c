import { describe } from "vitest"
import { backupFacts } from "./suite/backups.suite.ts"
import { crashFacts } from "./suite/crashes.suite.ts"
import { lifeFacts } from "./suite/life.suite.ts"
import { makeStoreSuite, type StoreWorld } from "./suite/world.suite.ts"

/** What every engine on every backend promises. */
export function storeSuite(name: string, makeWorld: () => Promise<StoreWorld>): void {
  describe(name, () => {
    const suite = makeStoreSuite(makeWorld)
    lifeFacts(suite)
    backupFacts(suite)
    crashFacts(suite)
  })
}
