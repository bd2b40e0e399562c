import { chmod, mkdtemp, rm } from "node:fs/promises"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { IdOf } from "@vibecaas/contract/kinds"
import { type Log, silentLog } from "@vibecaas/kernel/log"
import { makeFleet } from "@vibecaas/microvm/fleet"
import type { OwnHost, VmHost } from "@vibecaas/microvm/host"
import { makeListener } from "@vibecaas/reconcile/listen"
import { type Loops, makeLoops } from "@vibecaas/reconcile/loops"
import { expect, vi } from "vitest"
import type { Ctx } from "../../core/ctx.ts"
import { makePool } from "../../db/pool.ts"
import { createOrganization, type SeededOrganization } from "../../db/testing/seed.ts"
import { type TestDatabase, testDatabase } from "../../db/testing/test-database.ts"
import { type Gateway, makeGateway } from "../../gateway/index.ts"
import { findMachineOfProject, type MachineRow, makeMachines } from "../../machines/index.ts"
import { makePackages } from "../../packages/make-packages.ts"
import { layersIn, sourcesIn } from "../../packages/testing/packages-in.ts"
import {
  createProject,
  makeGit,
  makeProjects,
  makeRepositories,
  makeSaving,
  type Repositories,
} from "../../projects/index.ts"
import { secrets } from "../../secrets/testing/test-secrets.ts"
import type { AppRow } from "../app.ts"
import { type Apps, makeApps } from "../make-apps.ts"
import { findOfProject } from "../queries.ts"
import { makeSnapshots, type Snapshots } from "../snapshots.ts"
import { startApp } from "../start-app.ts"
import { type Answer, type Call, get } from "./http-get.ts"
import type { MakeDoors } from "./make-doors.ts"
import { mortal } from "./mortal.ts"
import { type HostPlaces, hostOfOurs } from "./own-host.ts"
import { push } from "./push.ts"

/** One server process: loops, the kind and the gateway on a port. */
export interface Server {
  apps: Apps
  loops: Loops
  log: Log
  gateway: Gateway
  port: number
  removeProject(ctx: Ctx, id: string, name: string): Promise<void>
  /** resolves once it can write nothing any more: see `diesAfter` */
  dead: Promise<void>
  /** ends the process's part of it; machines stay up */
  stop(): Promise<void>
}

export interface ServerOptions {
  /** after so many transactions of its loops it writes nothing any more, as if it were killed */
  diesAfter?: number
  /** where its machines run; the world's own when absent */
  host?: VmHost
}

export interface MachineWorld {
  /** where everything of it lies */
  folder: string
  db: TestDatabase
  org: SeededOrganization
  repositories: Repositories
  host: OwnHost
  places: HostPlaces
  snapshots: Snapshots
  sources: Awaited<ReturnType<typeof sourcesIn>>
  server: Server
  /** ids of machines in the order in which they were really started */
  boots: string[]
  /** what the host says instead of starting a machine */
  trouble: { boot?: Error }
  /** another server on the same database and host; stopped with the world */
  startServer(options?: ServerOptions): Promise<Server>
  stopServers(): Promise<void>
  act<T>(action: (ctx: Ctx) => Promise<T>): Promise<T>
  project(
    name?: string,
    preview?: "public" | "private",
  ): Promise<{ id: IdOf<"project">; slug: string }>
  /** writes files, `null` deletes, and answers the commit */
  push(projectId: IdOf<"project">, files: Record<string, string | null>): Promise<string>
  /** asks for an app and waits until it answers */
  run(projectId: IdOf<"project">, commit: string): Promise<void>
  row(projectId: IdOf<"project">): Promise<MachineRow | undefined>
  /** id of the project's machine */
  machineOf(projectId: IdOf<"project">): Promise<IdOf<"machine">>
  app(projectId: IdOf<"project">): Promise<AppRow | undefined>
  /** waits until the machine's and the app's rows match */
  until(projectId: IdOf<"project">, seen: SeenRows, timeoutMs?: number): Promise<void>
  get(slug: string, path?: string, call?: Call): Promise<Answer>
  /** what the route of the app's log answers */
  log(projectId: IdOf<"project">): Promise<string>
  remove(project: { id: string }, name: string): Promise<void>
  close(): Promise<void>
}

/** of the machine, and of its app */
interface SeenRows {
  machine?: Partial<MachineRow>
  app?: Partial<AppRow>
}

/** Real PostgreSQL, real git, the real drivers, real loops, a real port. */
export async function machineWorld(
  openHost = hostOfOurs,
  npm?: string,
  doors: MakeDoors = () => async () => ({}),
): Promise<MachineWorld> {
  const dir = await mkdtemp(join(tmpdir(), "mvm-"))
  await chmod(dir, 0o711)
  const boots: string[] = []
  const trouble: MachineWorld["trouble"] = {}
  const common = { ...(await makeCommon(dir, openHost, { boots, trouble, npm })), doors }
  const { db, host } = common
  const servers: Server[] = []
  const startServer = async (options: ServerOptions = {}) => {
    const server = await makeTestServer(common, options)
    servers.push(server)
    return server
  }
  const server = await startServer()
  const stopServers = async () => void (await Promise.all(servers.map((one) => one.stop())))
  return {
    ...common,
    ...deeds(common, server),
    ...{ boots, trouble, server, startServer, stopServers },
    async close() {
      await stopServers()
      await host.close()
      await db.close()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

async function makeCommon(
  dir: string,
  openHost: (places: HostPlaces) => Promise<OwnHost>,
  { npm, ...seen }: Watched & { npm: string | undefined },
): Promise<Omit<Common, "doors">> {
  const db = await testDatabase()
  const org = await createOrganization(db, { plan: "team" })
  const { clock, newId } = db
  const sources = await sourcesIn(dir, { clock, log: silentLog, npm })
  const places = { stateDir: `${dir}/state`, dataRoot: `${dir}/data`, layersDir: layersIn(dir) }
  const host = watched(await openHost(places), seen)
  const root = `${dir}/repositories`
  const now = () => clock.now()
  const repositories = makeRepositories({ root, git: makeGit("git"), newId, now })
  const snapshots = makeSnapshots({ root: `${dir}/snapshots`, clock })
  return { folder: dir, db, org, repositories, host, places, snapshots, sources }
}

/** What people do, and what can be seen of it. */
function deeds({ db, org, repositories }: Omit<Common, "doors">, server: Server) {
  const act = <T>(action: (ctx: Ctx) => Promise<T>) =>
    db.scope({ organizationId: org.organizationId, actor: org.actor }, action)
  const row = (projectId: IdOf<"project">) => act((ctx) => findMachineOfProject(ctx.db, projectId))
  const app = (projectId: IdOf<"project">) => act((ctx) => findOfProject(ctx.db, projectId))
  const until = async (projectId: IdOf<"project">, seen: SeenRows, timeout = 20_000) => {
    const look = async () =>
      expect({ machine: await row(projectId), app: await app(projectId) }).toMatchObject(seen)
    await vi.waitFor(look, { timeout, interval: 30 })
  }
  return {
    ...{ act, row, app, until },
    async machineOf(projectId: IdOf<"project">) {
      const machine = await row(projectId)
      if (!machine) throw new Error("the project has no machine")
      return machine.id
    },
    project: (name = "Shop", preview: "public" | "private" = "public") =>
      act((ctx) => createProject(ctx, { name, preview })),
    push: (projectId: IdOf<"project">, files: Record<string, string | null>) =>
      push(repositories, projectId, files),
    async run(projectId: IdOf<"project">, commit: string) {
      await act((ctx) => startApp(ctx, { projectId, commit, trust: "untrusted" }))
      await until(projectId, { app: { state: "running", commit } })
    },
    get: (slug: string, path?: string, call?: Call) => get(server.port, slug, path, call),
    log: (projectId: IdOf<"project">) =>
      act(async (ctx) => {
        // The handler reads no more of its request than these.
        const params = { appId: (await findOfProject(ctx.db, projectId))?.id }
        const request = { ctx, params, query: { tailBytes: 65_536 } } as never
        const handler = server.apps.kind.handlers["GET /apps/{appId}/logs"]
        return ((await handler(request)) as { text: string }).text
      }),
    remove: ({ id }: { id: string }, name: string) =>
      act((ctx) => server.removeProject(ctx, id, name)),
  }
}

type Watched = Pick<MachineWorld, "boots" | "trouble">

function watched(host: OwnHost, { boots, trouble }: Watched): OwnHost {
  return {
    ...host,
    async boot(spec, driver) {
      if (trouble.boot) throw trouble.boot
      const before = await host.find({ id: spec.id, driver })
      const vm = await host.boot(spec, driver)
      if (!before) boots.push(spec.id)
      return vm
    },
  }
}

type Common = Pick<
  MachineWorld,
  "folder" | "db" | "org" | "repositories" | "host" | "places" | "snapshots" | "sources"
> & { doors: MakeDoors }

let instances = 0

async function makeTestServer(
  { db, repositories, snapshots, sources, ...common }: Common,
  { diesAfter = Number.POSITIVE_INFINITY, host = common.host }: ServerOptions,
): Promise<Server> {
  const { clock, newId, database } = db
  const { scope, dead } = mortal(db.scope, diesAfter)
  const shared = { scope, clock, newId, database, repositories }
  const parts = { ...shared, log: silentLog, fleet: makeFleet([host]) }
  const previewUrl = (slug: string) => `http://${slug}.preview.localhost`
  const machines = makeMachines(parts)
  const listener = makeListener({ url: db.urls.app, clock, log: silentLog })
  const server = `test-${++instances}`
  const { live } = machines
  const packages = makePackages({ ...parts, ...sources })
  const saving = makeSaving()
  const apps = makeApps({
    ...{ ...parts, packages, saving, previewUrl, live, snapshots, listener, server, secrets },
    variables: common.doors({ ...parts, live, listener }),
  })
  const projects = makeProjects({ ...parts, saving, previewUrl, due: async () => [] })
  const pool = makePool({ url: db.urls.queue, log: silentLog, name: "test-loops", max: 8 })
  const loops = makeTestLoops({ pool, listener, clock }, server)
  for (const loop of [...machines.kind.loops, ...apps.kind.loops, ...projects.loops])
    loops.add(loop)
  listener.start()
  await loops.start()
  const gateway = makeGateway({
    resolvers: apps.sites,
    access: apps.access,
    appsDomain: "preview.localhost",
    dashboardOrigin: "http://localhost:3000",
    cookieKey: new Uint8Array(32).fill(3),
    clientOf: () => ({ ip: "203.0.113.9", protocol: "http" }),
    ...{ clock, log: silentLog },
  })
  const http = await listen(gateway)
  let stopped: Promise<void> | undefined
  const stop = async () => {
    gateway.close()
    http.closeAllConnections()
    http.close()
    await loops.stop(2000)
    await apps.close()
    packages.close()
    await listener.close()
    machines.close()
    await pool.end()
  }
  return {
    ...{ apps, loops, gateway, log: silentLog, dead },
    async removeProject(ctx, projectId, name) {
      // The handler reads no more of its request than these.
      const request = { ctx, params: { projectId }, body: { name } } as never
      await projects.handlers["DELETE /projects/{projectId}"](request)
    },
    // A server that listens on a port has an address with a port.
    port: (http.address() as AddressInfo).port,
    stop: () => {
      stopped ??= stop()
      return stopped
    },
  }
}

function makeTestLoops(
  parts: Pick<Parameters<typeof makeLoops>[0], "pool" | "listener" | "clock">,
  server: string,
): Loops {
  return makeLoops({
    ...{ ...parts, log: silentLog },
    backoff: { delayMs: 50, delayMsMax: 1000, jitter: 0.2 },
    holder: { holder: server, instance: server },
  })
}

async function listen(gateway: Gateway) {
  const http = createServer(gateway.request).on("upgrade", gateway.upgrade)
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve))
  return http
}
