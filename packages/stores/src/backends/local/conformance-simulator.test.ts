import { simulatorEngine } from "../../engines/simulator/engine.ts"
import { anyEngine } from "../../engines.ts"
import { storeSuite } from "../../store.suite.ts"
import { forkedWorld } from "./testing/forked-world.ts"

storeSuite(
  "simulator on local",
  () =>
    forkedWorld({
      engine: anyEngine(simulatorEngine),
      versions: { from: "1.0.0", to: "2.0.0" },
      shared: { from: "1.0.0", to: "1.1.0" },
      values: {},
    }),
  { crashes: false },
)
