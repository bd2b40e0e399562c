export { makeAudit } from "./make-audit.ts"
export { type Deed, record } from "./record.ts"
