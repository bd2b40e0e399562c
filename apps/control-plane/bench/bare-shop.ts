import { type ChildProcess, spawn } from "node:child_process"
import { randomBytes } from "node:crypto"
import { once } from "node:events"
import { chmod, chown, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { systemClock } from "@vibecaas/kernel/clock"
import { makeNewId } from "@vibecaas/kernel/id"
import { silentLog } from "@vibecaas/kernel/log"
import { systemPath } from "@vibecaas/kernel/programs"
import { mariadbDatastore } from "@vibecaas/stores/backends/local/clusters/mariadb"
import { postgresDatastore } from "@vibecaas/stores/backends/local/clusters/postgres"
import type { Datastore } from "@vibecaas/stores/backends/local/datastore"
import { settingsOf } from "@vibecaas/stores/backends/local/options"
import type { StoreRecord } from "@vibecaas/stores/backends/local/record"
import { templateName } from "@vibecaas/stores/backends/local/template-name"
import type {
  Database,
  Engine,
  HookSpec,
  Listen,
  Place,
  ProcessSpec,
} from "@vibecaas/stores/engine"
import { makeEngines } from "@vibecaas/stores/engines"
import { openListening } from "@vibecaas/stores/open-listening"
import { probeStore } from "@vibecaas/stores/probe-store"
import { makeSecrets } from "@vibecaas/stores/secrets"
import { checkValues } from "@vibecaas/stores/terms"
import { endWithUs } from "./end-with-us.ts"

const startMsMax = 120_000

/** Nobody in particular: servers of shops refuse to be root. */
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}

/** Shops by the bare commands of their engine: no wall, no row, no queue. */
export interface BareShops {
  /** @returns from nothing to an order that went through, in `ms` */
  sell(): Promise<number>
  close(): Promise<void>
}

/**
 * Has what all of them share: the database's server and the template of the version, as a platform has them.
 *
 * @returns nothing where what the engine needs is not here
 */
export async function openBareShops(
  engine: Engine,
  of: { version: string; enginesDir: string },
): Promise<BareShops | undefined> {
  const { version, enginesDir } = of
  const dir = await mkdtemp(join(tmpdir(), "bare-"))
  await chmod(dir, 0o711)
  const datastore = await openDatastore(engine, dir)
  const installDir = engine.program ?? join(enginesDir, engine.name, version)
  const shops = { engine, version, installDir, dir, datastore }
  const close = async () => {
    await datastore?.close()
    await rm(dir, { recursive: true, force: true })
  }
  if ((await datastore?.lacks()) !== undefined) {
    await close()
    return undefined
  }
  const { templates } = datastore ?? {}
  if (engine.template && templates) {
    await templates.make(templateOf(shops), (database) => fill(shops, database))
  } else if (datastore) {
    await datastore.ensure(recordOf(newStoreId()), { password: "starts-its-server" })
  }
  return { sell: () => sell(shops), close }
}

interface Shops {
  engine: Engine
  version: string
  installDir: string
  dir: string
  datastore: Datastore | undefined
}

const newStoreId = () => makeNewId(systemClock)("sto")
const recordOf = (storeId: string) => ({ storeId }) as StoreRecord // what a datastore reads of it
const templateOf = ({ engine, version }: Shops) => templateName(engine, version)

function openDatastore(engine: Engine, dir: string): Promise<Datastore> | Datastore | undefined {
  if (engine.datastore === "sqlite") return undefined
  const settings = settingsOf({
    ...{ dataRoot: dir, stateDir: dir, enginesDir: dir, engines: makeEngines([]) },
    ...{ nodePath: process.execPath, clock: systemClock, log: silentLog },
  })
  return engine.datastore === "mariadb" ? mariadbDatastore(settings) : postgresDatastore(settings)
}

async function fill(shops: Shops, database: Database): Promise<void> {
  const { place, remove } = await makePlace(shops, database)
  for (const name of shops.engine.template?.hooks ?? []) {
    const hook = shops.engine.hook(name, place)
    if (hook) await runHook(hook, place)
  }
  await remove()
}

async function sell(shops: Shops): Promise<number> {
  const { engine, datastore } = shops
  const children: ChildProcess[] = []
  const began = performance.now()
  const { place, remove } = await makePlace(shops)
  try {
    const from = engine.template && datastore?.templates ? "template" : "nothing"
    const { databasePassword: password = "" } = place.secrets
    const template = from === "template" ? { template: templateOf(shops) } : {}
    await datastore?.ensure(recordOf(place.storeId), { password, ...template })
    for (const name of engine.provisioning(from)) {
      const hook = engine.hook(name, place)
      if (hook) Object.assign(place.secrets, await runHook(hook, place))
    }
    for (const wanted of engine.processes(place)) children.push(await start(wanted, place))
    await sells(engine, place)
    return performance.now() - began
  } finally {
    for (const child of children) {
      child.kill("SIGTERM")
      if (child.exitCode === null) await once(child, "exit")
    }
    await datastore?.drop(place.storeId)
    await remove()
  }
}

async function makePlace(shops: Shops, database?: Database) {
  const { engine, version, installDir, datastore } = shops
  const storeId = newStoreId()
  const dir = join(shops.dir, storeId.slice(-8))
  const dirs = { files: `${dir}/files`, work: `${dir}/work`, tmp: `${dir}/tmp` }
  for (const each of [dir, ...Object.values(dirs)]) await makeFolder(each)
  const secrets = { ...makeSecrets(engine, randomBytes) }
  const place = {
    ...{ storeId, version, name: "Bare shop", plan: "basic" },
    ...{ values: checkValues(engine, valuesOf(engine)), secrets },
    ...{ url: "http://bare.localhost", adminUrl: "http://bare-admin.localhost", verbose: false },
    ...{ installDir, dirs, nodePath: process.execPath },
    database: database ??
      datastore?.connection(storeId, secrets) ?? { kind: "sqlite", file: `${dir}/store.sqlite` },
    listen: {} as Record<string, Listen>, // filled by what the engine names
  } satisfies Place
  for (const { name } of engine.processes(place)) place.listen[name] = { socket: `${dir}/${name}` }
  // What a shop started beside itself may still be writing there.
  const gone = { recursive: true, force: true, maxRetries: 10 }
  return { place, remove: () => rm(dir, gone) }
}

/** What an engine does not choose by itself. */
export const valuesOf = ({ name }: { name: string }) =>
  name === "simulator" ? {} : { adminEmail: "owner@example.com" }

async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true })
  if (nobody.uid !== undefined) await chown(path, nobody.uid, nobody.gid)
}

type BarePlace = Awaited<ReturnType<typeof makePlace>>["place"]

async function start(of: ProcessSpec | HookSpec, place: BarePlace): Promise<ChildProcess> {
  const { work } = place.dirs
  for (const [path, text] of Object.entries(of.workFiles ?? {})) {
    await makeFolder(dirname(join(work, path)))
    await writeFile(join(work, path), text)
  }
  for (const [path, target] of Object.entries(of.workLinks ?? {}))
    await link(target, join(work, path))
  const [file = "", ...rest] = of.argv
  const child = spawn(file, rest, {
    ...nobody,
    cwd: of.cwd ?? work,
    env: { ...of.env, PATH: systemPath, HOME: place.dirs.tmp, TMPDIR: place.dirs.tmp },
    stdio: ["ignore", "pipe", "ignore"],
  })
  endWithUs(child)
  return child
}

async function link(target: string, path: string): Promise<void> {
  await makeFolder(dirname(path))
  await symlink(target, path).catch(() => {})
}

/** @returns secrets that it learned */
async function runHook(hook: HookSpec, place: BarePlace): Promise<Record<string, string>> {
  const child = await start(hook, place)
  let said = ""
  child.stdout?.on("data", (part: Buffer) => {
    said += part.toString()
  })
  const [code] = await once(child, "close")
  if (code !== 0) throw new Error(`a bare hook ended with ${code}: ${said.slice(-500)}`)
  const prefix = hook.resultPrefix ?? "\0"
  const line = said.split("\n").findLast((each) => each.startsWith(prefix))
  const result = line ? (JSON.parse(line.slice(prefix.length)) as Record<string, string>) : {} // the engine's own
  return Object.fromEntries((hook.learns ?? []).map((name) => [name, result[name] ?? ""]))
}

async function sells(engine: Engine, place: BarePlace): Promise<void> {
  const connect = (_: string, process: string) =>
    openListening(place.listen[process] ?? { socket: "/nowhere" })
  const release = { ...place, engine: engine.name }
  const probing = { backend: { connect }, engine, release, clock: systemClock }
  for (const since = performance.now(); performance.now() - since < startMsMax; await sleep(25)) {
    if (!(await probeStore(probing, "ready")).ok) continue
    const order = await probeStore(probing, "order")
    if (order.ok) return
    throw new Error(`a bare shop took no order: ${JSON.stringify(order.failed)}`)
  }
  throw new Error("a bare shop did not listen")
}
