import { anyEngine, type EngineSet, makeEngines } from "@vibecaas/stores/engines"
import { medusa } from "@vibecaas/stores/engines/medusa/engine"
import { simulatorEngine } from "@vibecaas/stores/engines/simulator/engine"
import { woocommerce } from "@vibecaas/stores/engines/woocommerce/engine"

/** Every engine that stores can run: for the process that starts their programs, and for the server. */
export const storeEngines: EngineSet = makeEngines([
  anyEngine(simulatorEngine),
  anyEngine(medusa),
  anyEngine(woocommerce),
])
