export { makeQuotas } from "./make-quotas.ts"
export { release, reserve } from "./reserve.ts"
export { setPlan } from "./set-plan.ts"
