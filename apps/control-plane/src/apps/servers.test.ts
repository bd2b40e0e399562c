import { afterAll, beforeAll, expect, test } from "vitest"
import { notesApp } from "./testing/apps.ts"
import { get } from "./testing/http-get.ts"
import { type MachineWorld, machineWorld } from "./testing/machine-world.ts"

let world: MachineWorld
beforeAll(async () => {
  world = await machineWorld()
})
afterAll(() => world.close())

async function runningNotes(name: string) {
  const project = await world.project(name)
  await world.run(project.id, await world.push(project.id, { "server.js": notesApp }))
  return project
}

test("visitors are let in though the database takes no changes", async () => {
  const { slug } = await runningNotes("Full disk")
  await world.db.adminPool.query("revoke insert on gate_passes from vibecaas_app")
  try {
    expect((await world.get(slug)).body).toBe("<h1>Notes</h1>")
  } finally {
    await world.db.adminPool.query("grant insert on gate_passes to vibecaas_app")
  }
}, 20_000)

test("two servers with their loops boot a machine once", async () => {
  const second = await world.startServer()
  const projects = await Promise.all([
    runningNotes("One"),
    runningNotes("Two"),
    runningNotes("Three"),
  ])
  for (const { id, slug } of projects) {
    const vm = (await world.row(id))?.id ?? ""
    expect(world.boots.filter((booted) => booted === vm)).toHaveLength(1)
    expect((await get(second.port, slug)).body).toBe("<h1>Notes</h1>")
  }
  await second.stop()
})

test("a server that starts takes over the machines that live: the same process answers", async () => {
  const { slug } = await runningNotes("Taken over")
  const before = (await world.get(slug, "/pid")).body
  await world.server.stop()
  const next = await world.startServer()
  await expect
    .poll(async () => (await get(next.port, slug, "/pid")).body, { timeout: 10_000 })
    .toBe(before)
})

test("a server that starts brings back machines that died meanwhile, with their data", async () => {
  const server = await world.startServer()
  const { id, slug } = await runningNotes("Brought back")
  await get(server.port, slug, "/notes", { method: "POST", body: "Dune" })
  await world.stopServers()
  const { id: vm = "", driver = null } = (await world.row(id)) ?? {}
  await world.host.destroy({ id: vm, driver })
  const next = await world.startServer()
  await expect
    .poll(async () => (await get(next.port, slug, "/notes")).body, { timeout: 10_000 })
    .toBe('["Dune"]')
})
