import { rungConformance } from "./rung-conformance.ts"

await rungConformance("uid", "root")
await rungConformance("none", "user")
