import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { chown, mkdir, readdir, rm } from "node:fs/promises"
import { resolve } from "node:path"
import { fault } from "@vibecaas/kernel/fault"
import { endAll, processesMarked } from "@vibecaas/kernel/processes"
import { systemPath } from "@vibecaas/kernel/programs"
import { signalQuietly } from "@vibecaas/kernel/signal-quietly"
import { run } from "@vibecaas/kernel/spawn"
import { makeTurns } from "@vibecaas/kernel/turns"
import type { AgentConfig } from "../../agent/config.ts"
import { bindSocket } from "../../bind-socket.ts"
import { checkVmId } from "../../check-spec.ts"
import { connectPort, connectSocket } from "../../connect-socket.ts"
import { goFolder, languageSettings } from "../../languages.ts"
import type { BootOrder, Caps, DriverOptions, Rung, Snapshots, Vm, VmDriver } from "../../port.ts"

/**
 * Machines out of plain processes without any wall, for tests only: the smallest driver that there
 * can be, and one with abilities that the sandbox has not.
 */
export async function openProcesses(
  options: DriverOptions & { uid: number | undefined },
): Promise<VmDriver> {
  const { dataRoot, stateDir } = options
  const machines = new Map<string, Vm>()
  const inTurn = makeTurns()
  const dataOf = (id: string) => `${dataRoot}/${id}`
  const boot = async (order: BootOrder): Promise<Vm> => {
    const found = machines.get(order.id)
    if (found) return found
    const place: Place = { data: dataOf(order.id), state: `${stateDir}/${order.id}` }
    const child = await start(order, place, options)
    const vm: Vm = {
      id: order.id,
      caps,
      connect: () => connectSocket(socketOf(place)),
      connectPort: (port) => connectPort(socketOf(place), { port, clock: options.clock }),
      near: { agentSocket: socketOf(place) },
      alive: async () => machines.get(order.id) === vm,
    }
    machines.set(order.id, vm)
    child.once("exit", () => {
      if (machines.get(order.id) === vm) void destroy(order.id)
    })
    return vm
  }
  const destroy = async (id: string) =>
    inTurn(checkVmId(id), async () => {
      machines.delete(id)
      await signalAll(id, options)
      await rm(`${stateDir}/${id}`, { recursive: true, force: true })
    })
  const bootFrom: BootFrom = (origin, order) =>
    inTurn(checkVmId(order.id), async () => {
      await copy(origin, dataOf(order.id))
      return boot(order)
    })
  return {
    name: "process",
    rungs,
    boot: async (order) => inTurn(checkVmId(order.id), () => boot(order)),
    find: async (id) => machines.get(checkVmId(id)),
    list: async () => [...machines.keys()],
    destroy,
    deleteData: async (id) =>
      inTurn(checkVmId(id), async () => {
        if (machines.has(id)) throw fault("data_in_use", { say: "That machine is running." })
        await rm(dataOf(id), { recursive: true, force: true })
      }),
    async close() {
      for (const id of [...machines.keys()]) await destroy(id)
    },
    pausing: {
      pause: (id) => signalEach(id, "SIGSTOP"),
      resume: (id) => signalEach(id, "SIGCONT"),
    },
    snapshots: await snapshotsIn(`${stateDir}/snapshots`, { dataOf, bootFrom }),
    clone: (id, order) => bootFrom(dataOf(checkVmId(id)), order),
  }
}

/** Boots a machine with a copy of the data in a directory. */
type BootFrom = (origin: string, order: BootOrder) => Promise<Vm>

async function snapshotsIn(
  directory: string,
  driver: { dataOf(id: string): string; bootFrom: BootFrom },
): Promise<Snapshots> {
  await mkdir(directory, { recursive: true })
  return {
    take: (id, name) => copy(driver.dataOf(checkVmId(id)), `${directory}/${name}`),
    restore: (name, order) => driver.bootFrom(`${directory}/${name}`, order),
    list: () => readdir(directory),
    remove: (name) => rm(`${directory}/${name}`, { recursive: true, force: true }),
  }
}

async function copy(from: string, to: string): Promise<void> {
  await rm(to, { recursive: true, force: true })
  await run("cp", ["-a", from, to])
}

const rungs: Rung[] = [{ name: "plain", wall: "none", lacks: () => undefined }]

const caps: Caps = {
  driver: "process",
  isolation: "none",
  rung: "plain",
  reaches: ["Everything that the user can who runs these tests."],
  network: true,
  limits: { memory: false, processes: false, cpu: false, disk: false },
  label: "Process: no isolation",
}

interface Place {
  data: string
  state: string
}

const socketOf = ({ state }: Place) => `${state}/agent.sock`
const agent = resolve(import.meta.dirname, "../../agent/main.ts")

async function start(
  { id }: BootOrder,
  place: Place,
  { nodePath, uid }: DriverOptions & { uid: number | undefined },
): Promise<ChildProcess> {
  const roots = {
    workspace: `${place.state}/workspace`,
    data: place.data,
    tmp: `${place.state}/tmp`,
  }
  for (const path of [place.state, ...Object.values(roots)]) {
    await mkdir(path, { recursive: true })
    if (uid !== undefined) await chown(path, uid, uid)
  }
  const socket = await bindSocket(socketOf(place))
  const config: AgentConfig = {
    roots,
    sharedNetwork: true,
    layers: null,
    ownsUid: false,
    env: {
      ...languageSettings,
      PATH: `${nodePath.replace(/\/[^/]*$/, "")}:${systemPath}:${goFolder}`,
      HOME: roots.tmp,
      TMPDIR: roots.tmp,
      WORKSPACE_DIR: roots.workspace,
      DATA_DIR: roots.data,
      VM_MACHINE: id,
    },
  }
  const child = spawn(nodePath, [agent, JSON.stringify(config)], {
    cwd: "/",
    env: { PATH: "/usr/bin:/bin", VM_MACHINE: id },
    stdio: ["pipe", "pipe", "ignore", socket.fd],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  })
  child.stdin?.on("error", () => {})
  socket.handOver()
  const [said] = await Promise.race([once(child.stdout ?? child, "data"), once(child, "exit")])
  if (String(said).trim() === "ready") return child
  throw fault("vm_boot_failed", { say: "The machine could not be started.", retryable: true })
}

/** Until none is left: what is ended may just be starting another. */
async function signalAll(id: string, { clock }: DriverOptions): Promise<void> {
  const wait = () => clock.sleep(5)
  await endAll(() => processesMarked(`VM_MACHINE=${id}`), { most: Number.POSITIVE_INFINITY, wait })
}

async function signalEach(id: string, signal: NodeJS.Signals): Promise<void> {
  for (const pid of await processesMarked(`VM_MACHINE=${id}`)) signalQuietly(pid, signal)
}
