import { describe } from "vitest"
import { abilityFacts } from "./suite/abilities.suite.ts"
import { appFacts } from "./suite/apps.suite.ts"
import { badAppFacts } from "./suite/bad-apps.suite.ts"
import { commandFacts } from "./suite/commands.suite.ts"
import { type DriverWorld, makeSuite, type SuiteOptions } from "./suite/context.suite.ts"
import { dataFacts } from "./suite/data.suite.ts"
import { directFacts } from "./suite/direct.suite.ts"
import { doorFacts } from "./suite/doors.suite.ts"
import { fileFacts } from "./suite/files.suite.ts"
import { machineFacts } from "./suite/machines.suite.ts"
import { wallFacts } from "./suite/walls.suite.ts"

/** What every driver promises. */
export function vmDriverSuite(
  name: string,
  makeWorld: () => Promise<DriverWorld>,
  options: SuiteOptions = {},
): void {
  describe(name, () => {
    const suite = makeSuite(makeWorld, options)
    machineFacts(suite)
    commandFacts(suite)
    fileFacts(suite)
    dataFacts(suite)
    appFacts(suite)
    directFacts(suite)
    doorFacts(suite)
    badAppFacts(suite)
    wallFacts(suite)
    abilityFacts(suite)
  })
}
