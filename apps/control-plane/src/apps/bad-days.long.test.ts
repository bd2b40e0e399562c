import { access, readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { fault, isFault } from "@vibecaas/kernel/fault"
import { processesMarked } from "@vibecaas/kernel/processes"
import { makeFleet } from "@vibecaas/microvm/fleet"
import type { VmHost } from "@vibecaas/microvm/host"
import { afterAll, beforeAll, expect, test } from "vitest"
import { findOrphans, reapOrphans } from "../machines/reap.ts"
import { stopMachine } from "../machines/start-machine.ts"
import { restartMachineAndApps, startApp, startMachineAndApps } from "./start-app.ts"
import { crashingApp, notesApp, wordApp } from "./testing/apps.ts"
import { type MachineWorld, machineWorld } from "./testing/machine-world.ts"

let world: MachineWorld
beforeAll(async () => {
  world = await machineWorld()
})
afterAll(() => world.close())

const html = { headers: { accept: "text/html" } }
const all = async (sql: string, values: unknown[]) =>
  (await world.db.adminPool.query(sql, values)).rows
const answers = (slug: string, body: string, path = "/") =>
  expect.poll(async () => (await world.get(slug, path)).body, { timeout: 15_000 }).toBe(body)
const machines = async () => (await world.host.list()).map(({ id }) => id)
const corrections = () =>
  world.server.loops.status().find(({ name }) => name === "machines")?.corrections ?? 0

async function processesNaming(text: string): Promise<number[]> {
  const pids = (await readdir("/proc")).map(Number).filter((pid) => pid > 1)
  const commands = await Promise.all(
    pids.map(async (pid) => ({
      pid,
      command: await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => ""),
    })),
  )
  return commands.filter(({ command }) => command.includes(text)).map(({ pid }) => pid)
}

async function runningNotes(name: string) {
  const project = await world.project(name)
  await world.run(project.id, await world.push(project.id, { "server.js": notesApp }))
  await world.get(project.slug, "/notes", { method: "POST", body: "Dune" })
  return project
}

test("an app that falls is shown without what it wrote to strangers, and is back by itself", async () => {
  const { id, slug } = await runningNotes("Falls once")
  await world.get(slug, "/crash")
  await world.until(id, { app: { state: "crashed", exitCode: 7 } })
  const page = await world.get(slug, "/", html)
  expect(page.status).toBe(502)
  expect(page.body).toContain("exit code 7")
  expect(page.body).not.toContain("about to fall")
  await world.until(id, { app: { state: "running", restarts: 1 } })
  await answers(slug, '["Dune"]', "/notes")
})

test("an app that always falls is started three more times; another commit mends it", async () => {
  const { id, slug } = await world.project("Falls always")
  const broken = await world.push(id, { "server.js": crashingApp })
  await world.act((ctx) => startApp(ctx, { projectId: id, commit: broken, trust: "untrusted" }))
  await world.until(id, { app: { state: "crashed", restarts: 3, exitCode: 3 } }, 25_000)
  expect(await world.app(id)).toMatchObject({ failure: "It ended with exit code 3." })
  expect(await world.row(id)).toMatchObject({ state: "running" })
  expect((await world.app(id))?.logTail).toContain("Error: no settings")
  const [project] = await all("select state, state_detail from projects where id = $1", [id])
  expect(project).toEqual({ state: "crashed", state_detail: "It ended with exit code 3." })
  await world.run(id, await world.push(id, { "server.js": wordApp("mended") }))
  await answers(slug, "mended")
  expect(await world.app(id)).toMatchObject({ restarts: 0 })
}, 60_000)

test("a version taken back is told with its last lines, the log has all and where each start began", async () => {
  const { id, slug } = await world.project("Falls later")
  const chatty = `console.log("an older start")\n${wordApp("up")}`
  await world.run(id, await world.push(id, { "server.js": chatty }))
  const broken = await world.push(id, { "server.js": crashingApp })
  await world.act((ctx) => startApp(ctx, { projectId: id, commit: broken, trust: "untrusted" }))
  await world.until(id, { app: { state: "running", commitRefused: broken, exitCode: 3 } })
  expect((await world.app(id))?.logTail).toEqual(["reading settings", "Error: no settings"])
  await answers(slug, "up")
  const log = (await world.log(id)).replaceAll(/at [\dT:.-]+Z/g, "at …")
  expect(log.split("\n").slice(0, 7)).toEqual([
    ...["[started at …]", "an older start", "[started at …]", "reading settings"],
    ...["Error: no settings", "[started at …]", "an older start"],
  ])
})

test("a commit with nothing to start says so", async () => {
  const { id, slug } = await world.project("Nothing")
  const commit = await world.push(id, { "readme.md": "# Nothing" })
  await world.act((ctx) => startApp(ctx, { projectId: id, commit, trust: "untrusted" }))
  await world.until(id, { app: { state: "crashed" } })
  expect((await world.app(id))?.failure).toMatch(/nothing to start/)
  expect((await world.get(slug)).status).toBe(502)
})

test("package.json says how an app is started", async () => {
  const { id, slug } = await world.project("Scripted")
  const manifest = JSON.stringify({ scripts: { start: "node lib/main.js" } })
  const files = {
    "package.json": manifest,
    "lib/main.js": wordApp("by script"),
    "server.js": crashingApp,
  }
  await world.run(id, await world.push(id, files))
  await answers(slug, "by script")
})

test("data outlive a restart of the machine; the app is another process", async () => {
  const { id, slug } = await runningNotes("Restarts")
  const before = await world.row(id)
  const machineId = await world.machineOf(id)
  await world.act((ctx) => restartMachineAndApps(ctx, machineId))
  await world.until(id, { machine: { restarted: 1, state: "running" }, app: { state: "running" } })
  await answers(slug, '["Dune"]', "/notes")
  expect((await world.row(id))?.startedAt).not.toEqual(before?.startedAt)
})

test("a machine whose processes are killed is started again, and that is counted", async () => {
  const { id, slug } = await runningNotes("Killed")
  const before = corrections()
  const vm = (await world.row(id))?.id ?? ""
  const started = (await world.row(id))?.startedAt
  // The wall around the machine names its data directory; all inside dies with it.
  const found = await processesNaming(vm)
  expect(found.length).toBeGreaterThan(0)
  for (const pid of found) killIfAlive(pid)
  await expect
    .poll(async () => (await world.row(id))?.startedAt, { timeout: 15_000 })
    .not.toEqual(started)
  await world.until(id, { machine: { state: "running" }, app: { state: "running" } })
  await answers(slug, '["Dune"]', "/notes")
  expect(corrections()).toBeGreaterThan(before)
})

test("a machine that may not run says why, and runs once a person asks again and it may", async () => {
  const { id, slug } = await world.project("Refused")
  const commit = await world.push(id, { "server.js": wordApp("allowed now") })
  const say = "This server does not run untrusted code without isolation."
  world.trouble.boot = fault("isolation_refused", { say })
  await world.act((ctx) => startApp(ctx, { projectId: id, commit, trust: "untrusted" }))
  await world.until(id, {
    machine: { state: "failed", failure: say },
    app: { state: "crashed", failure: say },
  })
  expect((await world.get(slug, "/", html)).body).toContain(say)
  delete world.trouble.boot
  await world.act((ctx) => startApp(ctx, { projectId: id, commit, trust: "untrusted" }))
  await answers(slug, "allowed now")
})

test("a machine that cannot start for a passing reason is tried again", async () => {
  const { id, slug } = await world.project("Passing")
  world.trouble.boot = fault("vm_boot_failed", { say: "Not now.", retryable: true })
  const commit = await world.push(id, { "server.js": wordApp("here") })
  await world.act((ctx) => startApp(ctx, { projectId: id, commit, trust: "untrusted" }))
  await world.until(id, { machine: { state: "starting" } })
  delete world.trouble.boot
  await answers(slug, "here")
})

test("a stopped machine has a page of its own, and is started by a person with its data", async () => {
  const { id, slug } = await runningNotes("Stopped")
  const machineId = await world.machineOf(id)
  await world.act((ctx) => stopMachine(ctx, machineId))
  await world.until(id, { machine: { state: "stopped" }, app: { state: "stopped" } })
  const vm = (await world.row(id))?.id ?? ""
  expect(await machines()).not.toContain(vm)
  const page = await world.get(slug, "/", html)
  expect([page.status, page.body]).toEqual([503, expect.stringContaining("is stopped")])
  await world.act((ctx) => startMachineAndApps(ctx, { machineId, newest: null }))
  await answers(slug, '["Dune"]', "/notes")
})

test("running time is metered once, in whole seconds, up to the stop", async () => {
  const { id } = await runningNotes("Metered")
  const vm = (await world.row(id))?.id ?? ""
  const startedAt = (await world.row(id))?.startedAt?.getTime() ?? 0
  await expect.poll(() => Date.now() - startedAt, { timeout: 5000 }).toBeGreaterThan(1500)
  const machineId = await world.machineOf(id)
  await world.act((ctx) => stopMachine(ctx, machineId))
  await world.until(id, { machine: { state: "stopped" } })
  const events = await all("select meter, quantity from usage_events where subject = $1", [vm])
  const ranMs = Date.now() - startedAt
  const seconds = events.reduce((sum, { quantity }) => sum + Number(quantity), 0)
  expect(seconds).toBeGreaterThanOrEqual(1)
  expect(seconds).toBeLessThanOrEqual(ranMs / 1000)
})

test("deleting a project leaves no process, no data, no row and no reservation", async () => {
  const { id, slug } = await runningNotes("Deleted")
  const vm = (await world.row(id))?.id ?? ""
  const reserved = await all(
    "select resource from quota_reservations where subject = $1 order by 1",
    [vm],
  )
  expect(reserved).toEqual([{ resource: "machine_memory_mib" }, { resource: "machines" }])
  await world.remove({ id }, "Deleted")
  await expect
    .poll(() => all("select id from projects where id = $1", [id]), { timeout: 20_000 })
    .toEqual([])
  expect(await machines()).not.toContain(vm)
  expect(await processesMarked(`VM_MACHINE=${vm}`)).toEqual([])
  await expect(access(join(world.places.dataRoot, vm))).rejects.toThrow("ENOENT")
  expect(await all("select subject from quota_reservations where subject = $1", [vm])).toEqual([])
  await expect.poll(async () => (await world.get(slug)).status, { timeout: 5000 }).toBe(404)
})

test("a machine that no row claims is destroyed; one that is claimed meanwhile is not", async () => {
  const orphan = world.db.newId("vm")
  const { host } = world
  const parts = { database: world.db.database, fleet: makeFleet([host]), log: world.server.log }
  const size = { cpuCount: 1, memoryMiB: 256, diskMiB: 64, trust: "untrusted" as const }
  const { driver } = (await host.boot({ id: orphan, ...size }, null)).caps
  const found = await findOrphans(parts)
  expect(found).toEqual([{ id: orphan, driver, hostId: host.id }])
  const another = { id: world.db.newId("vm"), driver, hostId: host.id }
  expect(await reapOrphans(parts, [...found, another])).toEqual({
    destroyed: 1,
    alreadyGone: 1,
  })
  expect(await machines()).not.toContain(orphan)
})

test("a machine is claimed only on the host and by the driver that its row names", async () => {
  const { id } = await runningNotes("Claimed")
  const row = await world.row(id)
  const vm = row?.id ?? ""
  const { host } = world
  const at = (hostId: string, driver = row?.driver ?? "") => ({
    ...host,
    id: hostId,
    list: async () => [{ id: vm, driver }],
  })
  const orphansOn = (one: VmHost, two: VmHost) =>
    findOrphans({
      ...{ database: world.db.database, log: world.server.log },
      fleet: makeFleet([one, two]),
    })
  const elsewhere = at("elsewhere")
  expect(await orphansOn(host, elsewhere)).toEqual([
    { id: vm, driver: row?.driver, hostId: "elsewhere" },
  ])
  expect(await orphansOn(host, at("local", "another"))).toEqual([
    { id: vm, driver: "another", hostId: "local" },
  ])
  const silent = { ...elsewhere, list: () => Promise.reject(new Error("cut off")) }
  expect(await orphansOn(silent, host)).toEqual([])
})

test("what is asked of a project that is being deleted is refused", async () => {
  const { id } = await runningNotes("Going")
  const machineId = await world.machineOf(id)
  await world.remove({ id }, "Going")
  const attempt = world.act((ctx) => restartMachineAndApps(ctx, machineId))
  const error = await attempt.catch((thrown: unknown) => thrown)
  expect(isFault(error, "wrong_state") || isFault(error, "not_found")).toBe(true)
})

/** The end of one process may end the others before their turn comes. */
function killIfAlive(pid: number): void {
  try {
    process.kill(pid, "SIGKILL")
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error
  }
}
