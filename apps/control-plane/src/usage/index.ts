export { type Measured, meter } from "./meter.ts"
export { makeUsage } from "./routes.ts"
export { meteredThisMonth, periodOf } from "./sum-usage.ts"
