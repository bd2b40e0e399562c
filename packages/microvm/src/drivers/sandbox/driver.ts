import { createHash } from "node:crypto"
import { readdir, realpath, rm } from "node:fs/promises"
import { fault } from "@vibecaas/kernel/fault"
import { bestEffort } from "@vibecaas/kernel/log"
import { checkSpec, checkVmId } from "../../check-spec.ts"
import { connectPort, connectSocket } from "../../connect-socket.ts"
import type { Caps, Vm, VmDriver, VmSpec } from "../../port.ts"
import { capsOf } from "./caps.ts"
import { findCgroups } from "./cgroup.ts"
import { checkDataDir, removeDataDir } from "./data-dir.ts"
import { watchDisk } from "./disk-watch.ts"
import { checkTrust, climb } from "./ladder.ts"
import { type Lock, tryLock } from "./lock.ts"
import { type Machine, type MachineParts, startMachine } from "./machine.ts"
import { type SandboxOptions, type Settings, settingsOf, startedByRoot } from "./options.ts"
import { loadRecord, machineDir } from "./record.ts"
import type { Rung } from "./rung.ts"
import { makeDirectory, stage } from "./stage.ts"
import { tearDown } from "./tear-down.ts"

/** A machine's socket can be named to another process, which connects to it by itself. */
export interface SandboxVm extends Vm {
  readonly socketPath: string
}

export interface SandboxDriver extends VmDriver {
  boot(spec: VmSpec): Promise<SandboxVm>
  find(id: string): Promise<SandboxVm | undefined>
  /** Ends every machine and gives the state directory free. */
  close(): Promise<void>
}

/**
 * Machines out of processes on this host, walled off as well as the host allows.
 *
 * First clears away what a launcher that was killed has left in the same state directory.
 *
 * @throws Fault `state_dir_in_use`
 */
export async function makeSandboxDriver(options: SandboxOptions): Promise<SandboxDriver> {
  const settings = settingsOf(options)
  const lock = await openStateDir(settings)
  await clearLeftovers(settings)
  const parts: MachineParts = {
    settings: { ...settings, dataRoot: await realpath(settings.dataRoot) },
    staged: await stage(`${settings.stateDir}/base`, settings.nodePath),
    cgroups: await findCgroups(settings.cgroupParent),
  }
  return makeDriver(parts, lock)
}

function makeDriver(parts: MachineParts, lock: Lock): SandboxDriver {
  const { settings } = parts
  const machines: Machines = new Map()
  const inTurn = makeTurns()
  const rung = makeProof(parts)
  const asVm = (machine: Machine): SandboxVm => ({
    id: machine.spec.id,
    caps: machine.caps,
    socketPath: machine.socketPath,
    connect: () => connectSocket(machine.socketPath),
    connectPort: (port) => connectPort(machine.socketPath, { port, clock: settings.clock }),
    alive: async () => machines.get(machine.spec.id) === machine,
  })
  const start = async (spec: VmSpec): Promise<SandboxVm> => {
    const found = machines.get(spec.id)
    if (found) return asVm(found)
    checkFree(machines, spec.dataDir)
    await checkDataDir(settings.dataRoot, spec.dataDir)
    const chosen = await rung()
    checkTrust(chosen, spec, settings)
    await clear(settings, spec.id)
    const machine = await startMachine(parts, chosen, spec)
    keep({ settings, machines, inTurn }, machine)
    return asVm(machine)
  }
  const destroy = (id: string) =>
    inTurn(id, async () => {
      await machines.get(id)?.remove()
      machines.delete(id)
      await clear(settings, id)
    })
  return {
    name: "sandbox",
    async probe(signal): Promise<Caps> {
      return capsOf(await rung({ again: true, signal }), parts.cgroups, startedByRoot())
    },
    // The data directory is a key too: two machines must not race for one.
    async boot(spec) {
      checkSpec(spec)
      return inTurn(spec.id, () => inTurn(spec.dataDir, () => start(spec)))
    },
    find: async (id) => {
      const machine = machines.get(checkVmId(id))
      return machine && asVm(machine)
    },
    list: async () => [...machines.keys()],
    destroy: async (id) => destroy(checkVmId(id)),
    deleteData: (dataDir) =>
      inTurn(dataDir, async () => {
        checkFree(machines, dataDir)
        await removeDataDir(settings.dataRoot, dataDir)
      }),
    async close() {
      for (const id of [...machines.keys()]) await destroy(id)
      lock.release()
    },
  }
}

/** Answers the rung that was proven last; proves one when there is none. */
function makeProof(parts: MachineParts) {
  let proven: Promise<Rung> | undefined
  return (options: { again?: boolean; signal?: AbortSignal | undefined } = {}): Promise<Rung> => {
    if (!proven || options.again) {
      const proof = climb(parts, options.signal)
      proven = proof
      // A failed proof is not kept: somebody may install what was missing.
      proof.catch(() => {
        if (proven === proof) proven = undefined
      })
    }
    return proven
  }
}

type Machines = Map<string, Machine>
type InTurn = <T>(key: string, action: () => Promise<T>) => Promise<T>

/** A machine that ends by itself is cleared away at once; until then its disk is measured. */
function keep(
  { settings, machines, inTurn }: { settings: Settings; machines: Machines; inTurn: InTurn },
  machine: Machine,
): void {
  const { id } = machine.spec
  const over = new AbortController()
  machines.set(id, machine)
  void watchDisk(settings, machine, over.signal)
  void machine.ended.then(async () => {
    over.abort()
    if (machines.get(id) === machine) machines.delete(id)
    await inTurn(id, () => bestEffort(settings.log, "clear away an ended machine", machine.remove))
  })
}

function checkFree(machines: Machines, dataDir: string): void {
  const user = [...machines.values()].find(({ spec }) => spec.dataDir === dataDir)
  if (!user) return
  throw fault("data_in_use", {
    say: "These data belong to a machine that is running. Stop it first.",
    note: `${dataDir} is used by ${user.spec.id}`,
  })
}

async function openStateDir(settings: Settings): Promise<Lock> {
  // Passable for the users of machines, who need what is staged; listable for nobody else.
  for (const path of ["", "/machines", "/files"]) {
    await makeDirectory(`${settings.stateDir}${path}`, 0o711)
  }
  await makeDirectory(settings.dataRoot, 0o711)
  const path = await realpath(settings.stateDir)
  const name = createHash("sha256").update(path).digest("hex").slice(0, 32)
  const lock = await tryLock(`vibecaas-state-${name}`)
  if (lock) return lock
  throw fault("state_dir_in_use", {
    say: "The platform is already running with this data directory.",
    note: path,
  })
}

async function clearLeftovers(settings: Settings): Promise<void> {
  for (const id of await readdir(`${settings.stateDir}/machines`)) {
    settings.log.info({ vm: id }, "clearing away a machine of an earlier launcher")
    await clear(settings, id)
  }
}

/** Removes what the record of a machine names, and the record; nothing when there is none. */
async function clear(settings: Settings, id: string): Promise<void> {
  const record = await loadRecord(settings.stateDir, id)
  if (record) return tearDown(settings, record)
  await rm(machineDir(settings.stateDir, id), { recursive: true, force: true })
}

/** Runs what concerns the same thing one after the other. */
function makeTurns(): InTurn {
  const last = new Map<string, Promise<unknown>>()
  return async (key, action) => {
    const before = last.get(key) ?? Promise.resolve()
    const turn = before.then(action, action)
    const settled = turn.catch(() => {})
    last.set(key, settled)
    try {
      return await turn
    } finally {
      if (last.get(key) === settled) last.delete(key)
    }
  }
}
