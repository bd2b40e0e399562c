import type { Clock } from "@vibecaas/kernel/clock"
import { inject } from "vitest"
import { databaseOn, type TestDatabase } from "./database-on.ts"

export type { TestDatabase }

/**
 * A database of its own, migrated, for one test file; `beforeAll` makes it and `afterAll` calls
 * `close`. Needs `global-setup.ts` as Vitest's global setup.
 */
export const testDatabase = (options: { clock?: Clock } = {}): Promise<TestDatabase> =>
  databaseOn(inject("testCluster").adminUrl, options)
