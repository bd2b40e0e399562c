import type { IdOf } from "@vibecaas/contract/kinds"
import type { Clock } from "@vibecaas/kernel/clock"
import type { Fleet } from "@vibecaas/microvm/fleet"
import { connectGuest, type Guest } from "@vibecaas/microvm/guest-client"
import type { Vm } from "@vibecaas/microvm/port"
import type { MachineRow } from "./machine.ts"

/** A machine that this process has an open session with. */
export interface LiveMachine {
  readonly id: IdOf<"machine">
  readonly organizationId: string
  readonly projectId: IdOf<"project">
  readonly purpose: MachineRow["purpose"]
  readonly vm: Vm
  readonly guest: Guest
}

type Identity = Pick<LiveMachine, "id" | "organizationId" | "projectId" | "purpose">
/** where a row says that its machine is */
type Place = { hostId: string | null; driver: string | null }

export interface LiveMachines {
  get(id: string): LiveMachine | undefined
  /** of those, what a project's visitors see */
  ofProject(projectId: IdOf<"project">): LiveMachine[]
  /** the session with a machine; opens one when its host knows the machine */
  find(of: Identity & Place): Promise<LiveMachine | undefined>
  open(of: Identity, vm: Vm): Promise<LiveMachine>
  /** called with every session that is opened; the signal aborts when it ends */
  onOpen(listener: (machine: LiveMachine, signal: AbortSignal) => void): void
  drop(id: string): void
  close(): void
}

/** Sessions by machine. `lost` is called when one ends. */
export function makeLiveMachines(parts: {
  fleet: Fleet
  clock: Clock
  lost(of: Identity): void
}): LiveMachines {
  const machines = new Map<string, LiveMachine>()
  const opening = new Map<string, Promise<LiveMachine | undefined>>()
  const listeners: ((machine: LiveMachine, signal: AbortSignal) => void)[] = []
  const open = async (of: Identity, vm: Vm) => {
    const guest = await connectGuest(vm, { clock: parts.clock })
    machines.get(of.id)?.guest.close()
    const { id, organizationId, projectId, purpose } = of
    const machine: LiveMachine = { id, organizationId, projectId, purpose, vm, guest }
    machines.set(id, machine)
    const over = new AbortController()
    guest.onClose(() => {
      over.abort()
      if (machines.get(id) === machine) machines.delete(id)
      parts.lost(machine)
    })
    for (const listener of listeners) listener(machine, over.signal)
    return machine
  }
  const findAndOpen = async (of: Identity & Place) => {
    const vm = await parts.fleet.hostOf(of).find(of)
    return vm && open(of, vm)
  }
  return {
    get: (id) => machines.get(id),
    ofProject: (projectId) =>
      [...machines.values()].filter(
        (machine) => machine.projectId === projectId && machine.purpose === "live",
      ),
    find(of) {
      const known = machines.get(of.id)
      if (known) return Promise.resolve(known)
      const started = opening.get(of.id) ?? findAndOpen(of).finally(() => opening.delete(of.id))
      opening.set(of.id, started)
      return started
    },
    open,
    onOpen: (listener) => void listeners.push(listener),
    drop: (id) => machines.get(id)?.guest.close(),
    close() {
      for (const machine of machines.values()) machine.guest.close()
    },
  }
}
