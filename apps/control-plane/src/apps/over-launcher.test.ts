import type { ChildProcess } from "node:child_process"
import { once } from "node:events"
import { cannotTest, forkLauncher } from "@vibecaas/microvm/drivers/sandbox/testing/sandbox-world"
import type { OwnHost } from "@vibecaas/microvm/host"
import { childChannel } from "@vibecaas/microvm/launcher/channel"
import { remoteHost } from "@vibecaas/microvm/launcher/remote-host"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { notesApp } from "./testing/apps.ts"
import { get } from "./testing/http-get.ts"
import { type MachineWorld, machineWorld } from "./testing/machine-world.ts"
import type { HostPlaces } from "./testing/own-host.ts"

const rung = "bubblewrap"
const reason = await cannotTest(rung, process.getuid?.() === 0 ? "root" : "user")

/** The launcher of this moment, a process of its own as in production. */
let launcher: ChildProcess
let world: MachineWorld

async function openHost(places: HostPlaces): Promise<OwnHost> {
  const started = await forkLauncher({ ...places, rung })
  launcher = started
  const close = async () => {
    if (started.exitCode !== null || started.signalCode !== null) return
    const ended = once(started, "exit")
    started.disconnect()
    await ended
  }
  return { ...remoteHost("local", childChannel(started)), close }
}

describe.skipIf(reason)(`over the launcher${reason ? ` [skipped: ${reason}]` : ""}`, () => {
  beforeAll(async () => {
    world = await machineWorld(openHost)
  })
  afterAll(() => world.close())

  test("an app answers, goes with a launcher that was killed, and is back with the next one", async () => {
    const { id, slug } = await world.project("Over the launcher")
    await world.run(id, await world.push(id, { "server.js": notesApp }))
    await world.get(slug, "/notes", { method: "POST", body: "Dune" })
    expect((await world.get(slug, "/notes")).body).toBe('["Dune"]')

    launcher.kill("SIGKILL")
    await once(launcher, "exit")
    expect((await world.get(slug, "/notes")).status).toBeGreaterThanOrEqual(502)

    // The server that this launcher had started ends with it; the next start has both anew.
    await world.stopServers()
    const host = await openHost(world.places)
    const { port, stop } = await world.startServer({ host })
    const notes = async () => (await get(port, slug, "/notes")).body
    await expect.poll(notes, { timeout: 30_000 }).toBe('["Dune"]')
    expect(world.boots).toHaveLength(1)
    expect(await host.list()).toEqual([{ id: await world.machineOf(id), driver: "sandbox" }])
    await stop()
    await host.close()
  })
})
