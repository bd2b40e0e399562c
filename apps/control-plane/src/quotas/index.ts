export { release, reserve, reserveAll } from "./reserve.ts"
export { makeQuotas } from "./routes.ts"
