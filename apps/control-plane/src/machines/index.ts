export { httpDoor } from "./door/http-door.ts"
export { type DoorServer, makeDoors } from "./doors.ts"
export { restsWithOrganization } from "./ensure-machine.ts"
export type { LiveMachine, LiveMachines } from "./live-machines.ts"
export { type MachineRow, showMachine } from "./machine.ts"
export { makeMachines } from "./make-machines.ts"
export type { MachinesParts } from "./parts.ts"
export {
  draftsOfProject,
  findDraft,
  findMachine,
  findOfProject as findMachineOfProject,
} from "./queries.ts"
export {
  deleteDrafts,
  deleteMachine,
  markFilled,
  needMachine,
  restartMachine,
  startMachine,
  stopMachine,
  wakeDraft,
  wakeMachine,
  wakeMachineById,
} from "./start-machine.ts"
export { makeTaskMachines, type TaskMachine, type TaskMachines } from "./task-machine.ts"
