import { createHash } from "node:crypto"
import { readdir, realpath, rm } from "node:fs/promises"
import { findCgroups } from "@vibecaas/kernel/control-groups"
import { fault, invariant } from "@vibecaas/kernel/fault"
import { bestEffort } from "@vibecaas/kernel/log"
import { type Lock, tryLock } from "@vibecaas/kernel/name-lock"
import { makeDirectory } from "@vibecaas/kernel/stage-node"
import { type InTurn, makeTurns } from "@vibecaas/kernel/turns"
import { checkVmId } from "../../check-spec.ts"
import { connectPort, connectSocket } from "../../connect-socket.ts"
import type { BootOrder, Vm, VmDriver } from "../../port.ts"
import { checkDataDir, dataDirOf, removeDataDir } from "./data-dir.ts"
import { watchDisk } from "./disk-watch.ts"
import { type Machine, type MachineParts, startMachine } from "./machine.ts"
import { type SandboxOptions, type Settings, settingsOf } from "./options.ts"
import { loadRecord, machineDir } from "./record.ts"
import type { SandboxRung } from "./rung.ts"
import { bubblewrap } from "./rung-bubblewrap.ts"
import { unshare } from "./rung-unshare.ts"
import { ownUid, sameUid } from "./rung-weak.ts"
import { stage } from "./stage.ts"
import { tearDown } from "./tear-down.ts"

/** From the strongest wall to none. */
export const sandboxRungs: SandboxRung[] = [bubblewrap, unshare, ownUid, sameUid]

/**
 * Machines out of processes on this host, walled off as well as the host allows.
 *
 * First clears away what a launcher that was killed has left in the same state directory.
 *
 * @throws Fault `state_dir_in_use`
 */
export async function openSandbox(options: SandboxOptions): Promise<VmDriver> {
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

function makeDriver(parts: MachineParts, lock: Lock): VmDriver {
  const { settings } = parts
  const machines: Machines = new Map()
  const inTurn = makeTurns()
  const asVm = (machine: Machine): Vm => ({
    id: machine.spec.id,
    caps: machine.caps,
    near: { agentSocket: machine.socketPath },
    connect: () => connectSocket(machine.socketPath),
    connectPort: (port) => connectPort(machine.socketPath, { port, clock: settings.clock }),
    alive: async () => machines.get(machine.spec.id) === machine,
  })
  const start = async ({ rung, ...spec }: BootOrder): Promise<Vm> => {
    const found = machines.get(spec.id)
    if (found) return asVm(found)
    await checkDataDir(settings.dataRoot, dataDirOf(settings.dataRoot, spec.id))
    await clear(settings, spec.id)
    const machine = await startMachine(parts, rungNamed(rung), spec)
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
    rungs: sandboxRungs,
    boot: async (order) => inTurn(checkVmId(order.id), () => start(order)),
    find: async (id) => {
      const machine = machines.get(checkVmId(id))
      return machine && asVm(machine)
    },
    list: async () => [...machines.keys()],
    destroy: async (id) => destroy(checkVmId(id)),
    deleteData: async (id) =>
      inTurn(checkVmId(id), async () => {
        checkEnded(machines, id)
        await removeDataDir(settings.dataRoot, dataDirOf(settings.dataRoot, id))
      }),
    async close() {
      for (const id of [...machines.keys()]) await destroy(id)
      lock.release()
    },
  }
}

function rungNamed(name: string): SandboxRung {
  const rung = sandboxRungs.find((one) => one.name === name)
  invariant(rung, `the sandbox has no rung ${name}`)
  return rung
}

type Machines = Map<string, Machine>

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

function checkEnded(machines: Machines, id: string): void {
  if (!machines.has(id)) return
  throw fault("data_in_use", {
    say: "These data belong to a machine that is running. Stop it first.",
    note: id,
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
