import { rungConformance } from "./rung-conformance.ts"

await rungConformance("unshare", "root")
await rungConformance("unshare", "user")
