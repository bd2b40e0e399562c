export type { MachineOf, MachineSession, Machines, PageResult } from "./machines.ts"
export { type Microvms, makeMicrovms } from "./make-microvms.ts"
