export { makeApps } from "./make-apps.ts"
export type { MachineOf, MachineSession, PageResult, Sessions } from "./sessions.ts"
export { makeSnapshots } from "./snapshots.ts"
