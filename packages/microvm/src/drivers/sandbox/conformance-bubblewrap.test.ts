import { rungConformance } from "./testing/rung-conformance.ts"

await rungConformance("bubblewrap", "root")
