export type { MachineOf, MachineSession, Machines, PageResult } from "./machines.ts"
export { makeMicrovms } from "./make-microvms.ts"
