import { createHash } from "node:crypto"
import type { Duplex } from "node:stream"
import type { IdOf } from "@vibecaas/contract/kinds"
import { isFault } from "@vibecaas/kernel/fault"
import { bestEffort, type Log } from "@vibecaas/kernel/log"
import type { Door } from "@vibecaas/microvm/guest-door"
import type { LiveMachine, LiveMachines } from "./live-machines.ts"

/** Serves what comes by one door. */
export interface DoorServer {
  /** one connection; its bytes may be hostile */
  connect(connection: Duplex): void
  /** ends all of them */
  close(): void
}

/** Doors of one sort, in the machines that are to have one. */
export interface Doors {
  /** Opens the machine's door, or closes it, as it is to be now; the port of one that is open. */
  open(machine: LiveMachine): Promise<number | undefined>
  /** Looks again which machines of a project are to have one; of all projects when none is named. */
  lookAgain(projectId?: string): void
}

export interface DoorsParts {
  live: Pick<LiveMachines, "onOpen">
  log: Log
  /** where it is in machines with a network of their own: what runs there is told once */
  port: number
  /** whether a machine is to have one now, as rows say */
  wanted(machine: LiveMachine): Promise<boolean>
  serve(machine: LiveMachine): DoorServer
}

interface Kept {
  machine: LiveMachine
  opened: { door: Door; server: DoorServer } | undefined
  /** looks are taken one after the other */
  last: Promise<unknown>
}

/**
 * A machine's door is open for as long as this process has a session with it. A session that is opened
 * with a machine that ran before, as after a restart of the server, has the door where it was.
 */
export function makeDoors(parts: DoorsParts): Doors {
  const all = new Map<LiveMachine, Kept>()
  const keep = (machine: LiveMachine) => {
    const known = all.get(machine)
    if (known) return known
    const made: Kept = { machine, opened: undefined, last: Promise.resolve() }
    all.set(machine, made)
    machine.guest.onClose(() => {
      made.opened?.server.close()
      all.delete(machine)
    })
    return made
  }
  const open = (machine: LiveMachine) => {
    const kept = keep(machine)
    const look = kept.last.then(() => makeTrue(parts, kept))
    kept.last = look.catch(() => {})
    return look
  }
  const quietly = (machine: LiveMachine) =>
    void bestEffort(parts.log, "open a machine's door", () => open(machine))
  parts.live.onOpen(quietly)
  return {
    open,
    lookAgain(projectId) {
      for (const { machine } of all.values())
        if (projectId === undefined || machine.projectId === projectId) quietly(machine)
    },
  }
}

async function makeTrue(parts: DoorsParts, kept: Kept): Promise<number | undefined> {
  const { machine } = kept
  const wanted = await parts.wanted(machine)
  if (wanted && !kept.opened) {
    const server = parts.serve(machine)
    kept.opened = { server, door: await openDoor(machine, server, parts.port) }
  }
  if (!wanted && kept.opened) {
    const { door, server } = kept.opened
    kept.opened = undefined
    door.close()
    server.close()
  }
  return kept.opened?.door.port
}

/** Where machines share a network the port may be another's: then it is any. */
async function openDoor(
  { id, vm, guest }: LiveMachine,
  { connect }: DoorServer,
  port: number,
): Promise<Door> {
  try {
    return await guest.openDoor(connect, vm.caps.network ? portOf(id, port) : port)
  } catch (error) {
    if (!isFault(error, "guest_failed")) throw error
    return guest.openDoor(connect)
  }
}

/** One of 20000 that is most likely nobody else's, and always the same. */
function portOf(machineId: IdOf<"machine">, port: number): number {
  const hash = createHash("sha256").update(`${machineId}/${port}`).digest()
  return 20_000 + (hash.readUInt16BE(0) % 20_000)
}
