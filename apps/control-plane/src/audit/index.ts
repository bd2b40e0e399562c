export { record } from "./record.ts"
export { makeAudit } from "./routes.ts"
