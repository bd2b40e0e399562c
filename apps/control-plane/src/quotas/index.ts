export { release, reserve } from "./reserve.ts"
export { makeQuotas } from "./routes.ts"
