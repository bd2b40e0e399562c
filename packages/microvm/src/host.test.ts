import { once } from "node:events"
import { chmod, mkdtemp, readdir, rm } from "node:fs/promises"
import { connect, createServer, type Server } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { text } from "node:stream/consumers"
import { systemClock } from "@vibecaas/kernel/clock"
import { makeNewId } from "@vibecaas/kernel/id"
import { silentLog } from "@vibecaas/kernel/log"
import { afterEach, beforeEach, expect, test } from "vitest"
import { openProcesses } from "./drivers/process/driver.ts"
import { openDrivers } from "./drivers.ts"
import { makeFleet } from "./fleet.ts"
import { connectGuest } from "./guest-client.ts"
import { makeHost, type OwnHost } from "./host.ts"
import { openStream, relayStream } from "./launcher/relay.ts"
import { remoteHost } from "./launcher/remote-host.ts"
import { serveHost } from "./launcher/serve-host.ts"
import type { VmDriver } from "./port.ts"
import { channelPair } from "./testing/channel-pair.ts"

const newId = makeNewId(systemClock)
const uid = process.getuid?.() === 0 ? 219_505 : undefined
const policy = { allowWeak: true, allowNoIsolation: true, requireIsolation: false }

let dir = ""
const hosts: OwnHost[] = []
const servers: Server[] = []
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "vm-"))
  await chmod(dir, 0o711)
})
afterEach(async () => {
  for (const server of servers.splice(0)) server.close()
  for (const host of hosts.splice(0)) await host.close()
  await rm(dir, { recursive: true, force: true })
})

const parts = { clock: systemClock, log: silentLog, nodePath: process.execPath }
const placesIn = (name: string) => ({
  stateDir: `${dir}/${name}/state`,
  dataRoot: `${dir}/${name}/data`,
})

function open(id: string, drivers: VmDriver[], given: Partial<typeof policy> = {}): OwnHost {
  const host = makeHost({ ...parts, id, drivers, policy: { ...policy, ...given } })
  hosts.push(host)
  return host
}

const processes = (name: string) => openProcesses({ ...parts, ...placesIn(name), uid })
const specOf = (trust: "blueprint" | "untrusted" = "untrusted") => {
  return { id: newId("vm"), cpuCount: 1, memoryMiB: 256, diskMiB: 64, trust }
}

test("a second driver stands beside the first, and the stronger wall is chosen", async () => {
  const host = open("here", [
    await processes("a"),
    ...(await openDrivers({ ...parts, ...placesIn("b") })),
  ])
  const { driver, isolation } = await host.probe()
  expect([driver, isolation]).not.toEqual(["process", "none"])
  const spec = specOf()
  expect((await host.boot(spec, null)).caps.driver).toBe(driver)
  expect(await host.list()).toEqual([{ id: spec.id, driver }])
})

test("a machine for one task is in no list, and goes with its data when its time is over", async () => {
  const places = placesIn("a")
  const host = open("here", await openDrivers({ ...parts, ...places }))
  const spec = { ...specOf(), endsAfterMs: 1000 }
  const ref = { id: spec.id, driver: null }
  await host.boot(spec, null)
  expect(await host.list()).toEqual([])
  expect(await host.find(ref)).toBeDefined()
  await expect.poll(() => host.find(ref), { timeout: 20_000 }).toBeUndefined()
  await expect.poll(() => readdir(places.dataRoot), { timeout: 20_000 }).toEqual([])
  const another = { ...spec, id: newId("vm"), endsAfterMs: 60_000 }
  await host.boot(another, null)
  await host.destroy({ id: another.id, driver: null })
  expect(await readdir(places.dataRoot)).toEqual([])
})

test("a task's machine that does not end in time either is a leftover like any other", async () => {
  const driver = await processes("a")
  let broken = false
  const destroy = async (id: string) => {
    if (broken) throw new Error("it does not end")
    await driver.destroy(id)
  }
  const host = open("here", [{ ...driver, destroy }])
  const ref = { id: newId("vm"), driver: null }
  await host.boot({ ...specOf(), id: ref.id, endsAfterMs: 8000 }, "process")
  broken = true
  await expect(host.destroy(ref)).rejects.toThrow("it does not end")
  const leftovers = [{ id: ref.id, driver: "process" }]
  await expect.poll(() => host.list(), { timeout: 20_000 }).toEqual(leftovers)
  broken = false
  await host.destroy(ref)
  expect(await host.list()).toEqual([])
})

test("a machine whose data a driver keeps boots with that driver again", async () => {
  const host = open("here", [
    ...(await openDrivers({ ...parts, ...placesIn("a") })),
    await processes("b"),
  ])
  const spec = specOf()
  expect((await host.boot(spec, "process")).caps.driver).toBe("process")
  expect(await host.find({ id: spec.id, driver: "sandbox" })).toBeUndefined()
  expect((await host.find({ id: spec.id, driver: null }))?.caps.driver).toBe("process")
  await host.destroy({ id: spec.id, driver: null })
  expect(await host.list()).toEqual([])
  await host.deleteData({ id: spec.id, driver: null })
  await expect(host.boot(spec, "gone")).rejects.toMatchObject({ code: "driver_unknown" })
})

test("code that nobody vouches for is refused where nothing walls it off", async () => {
  const host = open("here", [await processes("a")], { allowNoIsolation: false })
  await expect(host.boot(specOf(), null)).rejects.toMatchObject({ code: "isolation_refused" })
  await host.boot(specOf("blueprint"), null)
})

test("what a driver does not offer is refused before anything is made", async () => {
  const host = open("here", [await processes("a")])
  const spec = { ...specOf(), image: "python", egress: "open" as const }
  await expect(host.boot(spec, null)).rejects.toMatchObject({
    code: "vm_spec_invalid",
    say: "This host has no images to choose from and no machines that reach the network.",
  })
  expect(await host.list()).toEqual([])
})

test("a fleet finds a machine's host by name, and puts new machines on the first", async () => {
  const [one, two] = [open("one", [await processes("a")]), open("two", [await processes("b")])]
  const fleet = makeFleet([one, two])
  const spec = specOf()
  await fleet.hostOf({ hostId: "two" }).boot(spec, null)
  expect(await one.list()).toEqual([])
  expect(await two.list()).toEqual([{ id: spec.id, driver: "process" }])
  expect(fleet.hostOf({ hostId: null }).id).toBe("one")
  expect(() => fleet.hostOf({ hostId: "gone" })).toThrow(
    expect.objectContaining({ code: "host_unknown" }),
  )
})

test("a host that is elsewhere serves machines over connections of one byte stream each", async () => {
  const host = open("far", [await processes("a")])
  const pair = channelPair()
  serveHost(host, pair.launcher, silentLog)
  const server = createServer((socket) => void relayStream(host, socket)).listen(0, "127.0.0.1")
  servers.push(server)
  await once(server, "listening")
  const address = server.address()
  const at = typeof address === "object" && address ? address.port : 0
  const dial = async () => {
    const socket = connect({ port: at, host: "127.0.0.1" })
    await once(socket, "connect")
    return socket
  }
  const remote = remoteHost("far", {
    ...pair.server,
    open: async (to) => openStream(await dial(), to),
  })

  const spec = specOf()
  const vm = await remote.boot(spec, null)
  expect(vm.near).toBeUndefined()
  const guest = await connectGuest(vm, { clock: systemClock })
  const large = Buffer.alloc(3_000_000, 7)
  await guest.writeFiles([{ path: "/workspace/large", content: large }])
  expect((await guest.readFile("/workspace/large", 4_000_000)).equals(large)).toBe(true)
  const port = await guest.freePort()
  await guest.startApp({ argv: ["node", "-e", hello], cwd: "/workspace", env: {}, port })
  await expect.poll(async () => (await guest.appStatus()).state).toBe("listening")
  expect(await text(await (vm.connectPort ?? fail)(port))).toBe("hello")
  guest.close()

  await remote.destroy({ id: spec.id, driver: "process" })
  await expect(vm.connect()).rejects.toMatchObject({ code: "guest_silent" })
})

const hello = `require("node:net").createServer((socket) => socket.end("hello"))
  .listen(Number(process.env.PORT), "127.0.0.1")`
const fail = (): never => {
  throw new Error("there are no connections to ports")
}
