import { rungConformance } from "./rung-conformance.ts"

await rungConformance("bubblewrap", "root")
await rungConformance("bubblewrap", "user")
