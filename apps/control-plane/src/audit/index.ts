export { makeAudit } from "./routes.ts"
