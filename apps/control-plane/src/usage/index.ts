export { makeUsage } from "./make-usage.ts"
export { type Measured, meter } from "./meter.ts"
