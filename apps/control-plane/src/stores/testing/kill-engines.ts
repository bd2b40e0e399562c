import { anyEngine, makeEngines } from "@vibecaas/stores/engines"
import { simulatorEngine } from "@vibecaas/stores/engines/simulator/engine"
import { ledgerEngine } from "./ledger/engine.ts"

/** A shop with a database in a file, and one with a database on a server. */
export const killEngines = makeEngines([anyEngine(simulatorEngine), ledgerEngine])
