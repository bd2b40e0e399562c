import { simulatorEngine } from "../../engines/simulator/engine.ts"
import { anyEngine } from "../../engines.ts"
import { storeSuite } from "../../store.suite.ts"
import { forkedWorld } from "./testing/forked-world.ts"

/** A user that only these tests have: where nobody is root, stores run as whoever started the platform. */
const user = process.getuid?.() === 0 ? 239_900 : undefined

storeSuite("simulator on local, started by an ordinary user", () =>
  forkedWorld({
    engine: anyEngine(simulatorEngine),
    versions: { from: "1.0.0", to: "2.0.0" },
    shared: { from: "1.0.0", to: "1.1.0" },
    values: {},
    ...(user === undefined ? {} : { user }),
  }),
)
