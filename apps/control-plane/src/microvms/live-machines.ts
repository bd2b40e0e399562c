import type { Clock } from "@vibecaas/kernel/clock"
import type { Fleet } from "@vibecaas/microvm/fleet"
import { connectGuest, type Guest } from "@vibecaas/microvm/guest-client"
import type { Vm } from "@vibecaas/microvm/port"

/** A machine that this process has an open session with. */
export interface LiveMachine {
  readonly id: string
  readonly organizationId: string
  readonly projectId: string
  readonly vm: Vm
  readonly guest: Guest
  /** where its app listens, once that was seen */
  appPort: number | null
  /** what `/workspace` was brought to last by this process; `undefined`: nothing is known */
  checkedOut: string | null | undefined
  /** the commit whose files this process put into the app's folder */
  appFiles: string | undefined
  /** runs what changes `/workspace` one after the other */
  inTurn<T>(action: () => Promise<T>): Promise<T>
}

type Identity = Pick<LiveMachine, "id" | "organizationId" | "projectId">
/** where a row says that its machine is */
type Place = { hostId: string | null; driver: string | null }

export interface LiveMachines {
  get(id: string): LiveMachine | undefined
  ofProject(projectId: string): LiveMachine | undefined
  /** the session with a machine; opens one when its host knows the machine */
  find(of: Identity & Place): Promise<LiveMachine | undefined>
  open(of: Identity, vm: Vm): Promise<LiveMachine>
  drop(id: string): void
  close(): void
}

/** Sessions by machine. `changed` is called when a machine is lost or its app's state changed. */
export function makeLiveMachines(parts: {
  fleet: Fleet
  clock: Clock
  changed(of: Identity): void
}): LiveMachines {
  const machines = new Map<string, LiveMachine>()
  const opening = new Map<string, Promise<LiveMachine | undefined>>()
  const forget = (machine: LiveMachine) => {
    if (machines.get(machine.id) === machine) machines.delete(machine.id)
  }
  const open = async (of: Identity, vm: Vm) => {
    const guest = await connectGuest(vm, { clock: parts.clock })
    machines.get(of.id)?.guest.close()
    const machine = makeLiveMachine(of, vm, guest)
    machines.set(of.id, machine)
    const over = new AbortController()
    guest.onClose(() => {
      over.abort()
      forget(machine)
      parts.changed(of)
    })
    watchApp(machine, { ...parts, signal: over.signal }).catch(() => guest.close())
    return machine
  }
  const findAndOpen = async (of: Identity & Place) => {
    const vm = await parts.fleet.hostOf(of).find(of)
    return vm && open(of, vm)
  }
  return {
    get: (id) => machines.get(id),
    ofProject(projectId) {
      for (const machine of machines.values()) if (machine.projectId === projectId) return machine
      return undefined
    },
    find(of) {
      const known = machines.get(of.id)
      if (known) return Promise.resolve(known)
      const started = opening.get(of.id) ?? findAndOpen(of).finally(() => opening.delete(of.id))
      opening.set(of.id, started)
      return started
    },
    open,
    drop: (id) => machines.get(id)?.guest.close(),
    close() {
      for (const machine of machines.values()) machine.guest.close()
    },
  }
}

function makeLiveMachine(of: Identity, vm: Vm, guest: Guest): LiveMachine {
  let last: Promise<unknown> = Promise.resolve()
  const { id, organizationId, projectId } = of
  return {
    ...{ id, organizationId, projectId },
    vm,
    guest,
    appPort: null,
    checkedOut: undefined,
    appFiles: undefined,
    inTurn(action) {
      const turn = last.then(action, action)
      last = turn.catch(() => {})
      return turn
    },
  }
}

/** The agent answers when the app has changed: it is asked again and again, for no transaction. */
async function watchApp(
  machine: LiveMachine,
  parts: { signal: AbortSignal; changed(of: Identity): void },
): Promise<void> {
  let known = await machine.guest.appStatus()
  while (!parts.signal.aborted) {
    const now = await machine.guest.appNews(known, parts.signal)
    const same = now.state === known.state && now.startedAt === known.startedAt
    known = now
    if (!same) parts.changed(machine)
  }
}
