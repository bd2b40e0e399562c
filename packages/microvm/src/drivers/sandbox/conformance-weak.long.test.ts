import { rungConformance } from "./testing/rung-conformance.ts"

await rungConformance("uid", "root")
await rungConformance("none", "user")
