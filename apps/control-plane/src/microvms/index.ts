export type {
  CommandResult,
  MachineOf,
  MachineSession,
  Machines,
  PageResult,
} from "./machines.ts"
export { type Microvms, makeMicrovms } from "./make-microvms.ts"
export type { MicrovmRow } from "./microvm.ts"
export type { MicrovmsParts } from "./parts.ts"
export { startApp } from "./start-app.ts"
