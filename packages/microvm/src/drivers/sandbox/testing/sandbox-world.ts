import { type ChildProcess, fork } from "node:child_process"
import { once } from "node:events"
import { accessSync, constants, statSync } from "node:fs"
import { chmod, chown, mkdtemp, readdir, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { systemClock } from "@vibecaas/kernel/clock"
import { makeNewId } from "@vibecaas/kernel/id"
import { silentLog } from "@vibecaas/kernel/log"
import { processesMarked } from "@vibecaas/kernel/processes"
import type { VmHost } from "../../../host.ts"
import { ladderOf } from "../../../ladder.ts"
import { childChannel } from "../../../launcher/channel.ts"
import { remoteHost } from "../../../launcher/remote-host.ts"
import type { VmDriver } from "../../../port.ts"
import { proveRung } from "../../../prove-rung.ts"
import type { DriverWorld } from "../../../suite/context.suite.ts"
import { openSandbox, sandboxRungs } from "../driver.ts"
import type { RungName } from "../rung.ts"

/** users that only our tests have, to be unprivileged where the tests run as root; one a rung, since limits count by user */
const plainUsers = { bubblewrap: 219_500, unshare: 219_501, uid: 219_502, none: 219_503 }
const processesMax = 160
const newId = makeNewId(systemClock)

const isRoot = process.getuid?.() === 0

/** A driver on one rung with directories of its own, as root or as an ordinary user. */
export async function sandboxWorld(rung: RungName, as: "root" | "user"): Promise<DriverWorld> {
  const dir = await mkdtemp(join(tmpdir(), "vm-"))
  await chmod(dir, 0o711)
  const places = { stateDir: `${dir}/state`, dataRoot: `${dir}/data` }
  const common = {
    rung,
    dataPath: (id: string) => `${places.dataRoot}/${id}`,
    outside: dir,
    leftovers: leftoversIn(places.stateDir),
  }
  if (as === "user" && isRoot) {
    const user = plainUsers[rung]
    await chown(dir, user, user)
    const child = await forkLauncher({ ...places, rung }, user)
    return {
      ...common,
      driver: asDriver(remoteHost("test", childChannel(child)), rung),
      async close() {
        const left = once(child, "exit")
        child.disconnect()
        await left
        await rm(dir, { recursive: true, force: true })
      },
    }
  }
  const driver = await openSandbox({
    ...places,
    nodePath: process.execPath,
    clock: systemClock,
    log: silentLog,
    diskCheckMs: 100,
    processesMax,
  })
  return {
    ...common,
    driver,
    async close() {
      await driver.close()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

/** A host whose ladder has one rung left, as the suite sees drivers. */
function asDriver(host: VmHost, rung: RungName): VmDriver {
  const ref = (id: string) => ({ id, driver: "sandbox" })
  return {
    name: "sandbox",
    rungs: sandboxRungs.filter(({ name }) => name === rung),
    boot: ({ rung: _, ...spec }) => host.boot(spec, "sandbox"),
    find: (id) => host.find(ref(id)),
    list: async () => (await host.list()).map(({ id }) => id),
    destroy: (id) => host.destroy(ref(id)),
    deleteData: (id) => host.deleteData(ref(id)),
    close: async () => {},
  }
}

export interface LauncherInput {
  stateDir: string
  dataRoot: string
  rung: RungName
}

/** A launcher in a process of its own that serves its driver over the fork's channel. */
export async function forkLauncher(input: LauncherInput, uid?: number): Promise<ChildProcess> {
  const program = join(import.meta.dirname, "test-launcher.ts")
  const child = fork(program, [JSON.stringify({ ...input, processesMax })], {
    cwd: "/",
    env: { PATH: process.env.PATH ?? "" },
    execArgv: [],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  })
  const [message] = await Promise.race([once(child, "message"), once(child, "exit")])
  if (typeof message !== "object") throw new Error("the launcher did not start")
  return child
}

/** Why a rung cannot be tested on this machine as this user. */
export async function cannotTest(rung: RungName, as: "root" | "user"): Promise<string | undefined> {
  if (as === "root" && !isRoot) return "needs root"
  if (as === "user" && isRoot && !isPassable(import.meta.dirname)) {
    return "another user cannot read these sources"
  }
  const world = await sandboxWorld(rung, as).catch(String)
  if (typeof world === "string") return world
  try {
    const [step] = ladderOf([world.driver]).filter((one) => one.rung.name === rung)
    if (!step) return "no such rung"
    const lacks = as === "user" && isRoot ? undefined : step.rung.lacks()
    if (lacks !== undefined) return lacks
    await proveRung(step, { id: newId("vm"), clock: systemClock, log: silentLog })
    return undefined
  } catch (error) {
    return error instanceof Error && "note" in error ? String(error.note) : String(error)
  } finally {
    await world.close()
  }
}

function isPassable(path: string): boolean {
  if ((statSync(path).mode & 0o001) === 0) return false
  return path === "/" || isPassable(dirname(path))
}

/** What is still there of a machine, in words; nothing when it is gone without a trace. */
function leftoversIn(stateDir: string) {
  return async (id: string): Promise<string[]> => {
    const groups = (await readdir("/sys/fs/cgroup").catch(() => []))
      .map((hierarchy) => `/sys/fs/cgroup/${hierarchy}/vibecaas-${id}`)
      .filter(isThere)
    const directories = [`${stateDir}/machines/${id}`, `${stateDir}/files/${id}`].filter(isThere)
    const processes = await processesMarked(`VM_MACHINE=${id}`)
    return [...groups, ...directories, ...processes.map((pid) => `process ${pid}`)]
  }
}

function isThere(path: string): boolean {
  try {
    accessSync(path, constants.F_OK)
    return true
  } catch {
    return false
  }
}
