export { release, reserve, reserveAll } from "./reserve.ts"
export { makeQuotas } from "./routes.ts"
export { setLimit } from "./set-limit.ts"
export { showLimits, usedAndLimit } from "./show-quotas.ts"
