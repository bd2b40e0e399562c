export { environmentOf } from "./environment-of.ts"
export { makeApps } from "./make-apps.ts"
export type { MachineOf, MachineSession, PageResult, PromotionSeen, Sessions } from "./sessions.ts"
export { makeSnapshots } from "./snapshots.ts"
