export type { LiveMachine, LiveMachines } from "./live-machines.ts"
export { type MachineRow, showMachine } from "./machine.ts"
export { makeMachines } from "./make-machines.ts"
export { findMachine, findOfProject as findMachineOfProject } from "./queries.ts"
export {
  deleteMachine,
  needMachine,
  restartMachine,
  startMachine,
  stopMachine,
  wakeMachine,
  wakeMachineById,
} from "./start-machine.ts"
