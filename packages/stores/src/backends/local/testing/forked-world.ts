import { type ChildProcess, fork } from "node:child_process"
import { once } from "node:events"
import { chmod, chown, mkdtemp, open, readdir, rm, stat } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { processesMarked, processesWorkingIn } from "@vibecaas/kernel/processes"
import { signalQuietly } from "@vibecaas/kernel/signal-quietly"
import type { StoreBackend } from "../../../backend.ts"
import type { Engine } from "../../../engine.ts"
import { remoteBackend } from "../../../remote/remote-backend.ts"
import type { StoreWorld } from "../../../suite/world.suite.ts"
import type { WallName } from "../wall.ts"

export interface ForkedWorldOptions {
  engine: Engine
  /** where the launcher finds it, when it is not the simulator: a file and the name it exports */
  engineModule?: { module: string; name: string }
  enginesDir?: string
  versions: { from: string; to: string }
  shared?: { from: string; to: string }
  values: unknown
  wall?: WallName
  /** the launcher is an ordinary user with this id, where the tests run as root */
  user?: number
}

/** The local backend in a launcher of its own, as the platform has it. */
export async function forkedWorld(options: ForkedWorldOptions): Promise<StoreWorld> {
  const dir = await mkdtemp(join(tmpdir(), "st-"))
  await chmod(dir, 0o711)
  const places = { dataRoot: `${dir}/data`, stateDir: `${dir}/run` }
  const input = {
    ...places,
    enginesDir: options.enginesDir ?? `${dir}/engines`,
    uidRange: { first: 240_000 + (process.pid % 5000) * 20, count: 20 },
    ...(options.wall === undefined ? {} : { wall: options.wall }),
    ...(options.engineModule === undefined ? {} : { engine: options.engineModule }),
  }
  if (options.user !== undefined) await chown(dir, options.user, options.user)
  const fork = () => forkLauncher(input, options.user)
  let launcher = await fork()
  const { engine, versions, values } = options
  const database = { postgres: "postgres/cluster", mariadb: "mariadb/data", sqlite: undefined }[
    engine.datastore
  ]
  const world: StoreWorld = {
    ...{ engine, versions, values, backend: launcher.backend },
    ...(options.shared ? { shared: options.shared } : {}),
    async crash() {
      const ended = once(launcher.child, "exit")
      launcher.child.kill("SIGKILL")
      await ended
      launcher = await fork()
      world.backend = launcher.backend
    },
    async killShop(storeId) {
      for (const pid of await processesOfStore(storeId)) signalQuietly(pid)
    },
    ...(database === undefined
      ? {}
      : {
          async killDatabase() {
            for (const pid of await processesWorkingIn(`${places.dataRoot}/${database}`)) {
              signalQuietly(pid)
            }
          },
        }),
    damage: (storeId, backupId) =>
      flipByte(`${places.dataRoot}/backups/${storeId}/${backupId}/database.dump`),
    leftovers: (storeId) => leftoversOf(places, storeId),
    async close() {
      for (const id of await world.backend.list()) await world.backend.destroy(id)
      const ended = once(launcher.child, "exit")
      launcher.child.disconnect()
      await ended
      await rm(dir, { recursive: true, force: true })
    },
  }
  return world
}

async function forkLauncher(
  input: object,
  user: number | undefined,
): Promise<{ child: ChildProcess; backend: StoreBackend }> {
  const child = fork(join(import.meta.dirname, "test-launcher.ts"), [JSON.stringify(input)], {
    cwd: "/",
    env: { PATH: process.env.PATH ?? "" },
    execArgv: [],
    ...(user === undefined ? {} : { uid: user, gid: user }),
  })
  const [message] = await Promise.race([once(child, "message"), once(child, "exit")])
  if (typeof message !== "object") throw new Error("the launcher did not start")
  const backend = remoteBackend({
    send: (sent) => {
      if (child.connected) child.send(sent, () => {})
    },
    onMessage(listener) {
      child.on("message", listener)
      return () => child.off("message", listener)
    },
    onClose: (listener) => void child.once("disconnect", listener),
  })
  return { child, backend }
}

async function processesOfStore(storeId: string): Promise<number[]> {
  const parts = ["shop", "admin", "php", "cron", "hook", "tool", "shop.b", "admin.b"]
  const found = await Promise.all(
    parts.map((part) => processesMarked(`VIBECAAS_STORE=${storeId}.${part}`)),
  )
  return found.flat()
}

async function leftoversOf(
  { dataRoot, stateDir }: { dataRoot: string; stateDir: string },
  storeId: string,
): Promise<string[]> {
  const hierarchies = await readdir("/sys/fs/cgroup").catch(() => [])
  const paths = [
    ...hierarchies.flatMap((name) =>
      ["shop", "shopb", "work"].map(
        (group) => `/sys/fs/cgroup/${name}/vibecaas-${storeId}-${group}`,
      ),
    ),
    ...[`${dataRoot}/stores/${storeId}`, `${stateDir}/s/${storeId}`],
    `${dataRoot}/mariadb/data/${storeId}`,
  ]
  const there = await Promise.all(
    paths.map((path) =>
      stat(path).then(
        () => true,
        () => false,
      ),
    ),
  )
  const processes = await processesOfStore(storeId)
  return [...paths.filter((_, at) => there[at]), ...processes.map((pid) => `process ${pid}`)]
}

async function flipByte(path: string): Promise<void> {
  const file = await open(path, "r+")
  try {
    const byte = Buffer.alloc(1)
    await file.read(byte, 0, 1, 100)
    byte.writeUInt8((byte.readUInt8(0) + 1) % 256, 0)
    await file.write(byte, 0, 1, 100)
  } finally {
    await file.close()
  }
}
