import { rungConformance } from "./testing/rung-conformance.ts"

await rungConformance("unshare", "root")
await rungConformance("unshare", "user")
