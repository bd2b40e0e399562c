import { afterAll, beforeAll, expect, test } from "vitest"
import { startApp } from "./start-app.ts"
import { get } from "./testing/http-get.ts"
import { type MachineWorld, machineWorld } from "./testing/machine-world.ts"
import { notes, spoil } from "./testing/notes-app.ts"

let world: MachineWorld
beforeAll(async () => {
  world = await machineWorld()
})
afterAll(() => world?.close())

test("wherever the server dies in a change that fails, the version before it runs with its data", async () => {
  await world.stopServers()
  let server = await world.startServer()
  const { id, slug } = await world.project("Dies")
  await world.run(id, await world.push(id, { "server.js": notes("one") }))
  await get(server.port, slug, "/", { method: "POST", body: "first" })
  const before = (await world.app(id))?.commit ?? null
  for (let writes = 0; writes < 11; writes++) {
    await server.stop()
    const dying = await world.startServer({ diesAfter: writes })
    const program = notes("two", `${spoil} process.exit(4)`)
    const broken = await world.push(id, { "server.js": program, "again.txt": String(writes) })
    await world.act((ctx) => startApp(ctx, { projectId: id, commit: broken, trust: "untrusted" }))
    await Promise.race([dying.dead, world.until(id, { app: { commitRefused: broken } })])
    await dying.stop()
    server = await world.startServer()
    const back = {
      state: "running",
      phase: "settled",
      commit: before,
      commitRefused: broken,
    } as const
    await world.until(id, { app: back })
    expect((await get(server.port, slug, "/notes")).body).toBe("first\n")
  }
}, 120_000)
