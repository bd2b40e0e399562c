import type { ChildProcess } from "node:child_process"
import { once } from "node:events"
import { chmod, mkdtemp, rm, stat } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { systemClock } from "@vibecaas/kernel/clock"
import { makeNewId } from "@vibecaas/kernel/id"
import { silentLog } from "@vibecaas/kernel/log"
import { processesMarked } from "@vibecaas/kernel/processes"
import { run } from "@vibecaas/kernel/spawn"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { openSandbox } from "../drivers/sandbox/driver.ts"
import type { SandboxOptions } from "../drivers/sandbox/options.ts"
import { cannotTest, forkLauncher } from "../drivers/sandbox/testing/sandbox-world.ts"
import { connectGuest } from "../guest-client.ts"
import { makeHost, type OwnHost } from "../host.ts"
import { channelPair } from "../testing/channel-pair.ts"
import { childChannel } from "./channel.ts"
import { remoteHost } from "./remote-host.ts"
import { serveHost } from "./serve-host.ts"

const isRoot = process.getuid?.() === 0
const reason = await cannotTest("bubblewrap", isRoot ? "root" : "user")
const newId = makeNewId(systemClock)
const server = { uid: 219_600, gid: 219_600 }

let dir = ""
let places = { stateDir: "", dataRoot: "" }
const hosts: OwnHost[] = []
const launchers: ChildProcess[] = []

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "vm-"))
  await chmod(dir, 0o711)
  places = { stateDir: `${dir}/state`, dataRoot: `${dir}/data` }
})
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.close()
  for (const launcher of launchers.splice(0)) launcher.kill("SIGKILL")
  await rm(dir, { recursive: true, force: true })
})

describe.skipIf(reason)(`launcher${reason ? ` [skipped: ${reason}]` : ""}`, () => {
  const openHost = async (given: Partial<SandboxOptions> = {}) => {
    const parts = { clock: systemClock, log: silentLog }
    const driver = await openSandbox({ ...places, ...parts, nodePath: process.execPath, ...given })
    const policy = { allowWeak: false, allowNoIsolation: false, requireIsolation: false }
    const host = makeHost({ ...parts, id: "here", drivers: [driver], policy })
    hosts.push(host)
    return host
  }
  const makeSpec = (given: object = {}) => {
    const id = newId("vm")
    const sizes = { cpuCount: 1, memoryMiB: 256, diskMiB: 64 }
    return { id, ...sizes, trust: "untrusted", ...given } as const
  }

  test("a server that starts again finds its machines as they were", async () => {
    const host = await openHost()
    const first = channelPair()
    serveHost(host, first.launcher, silentLog)
    const spec = makeSpec()
    const vm = await remoteHost("here", first.server).boot(spec, null)
    const guest = await connectGuest(vm, { clock: systemClock })
    await guest.writeFiles([{ path: "/workspace/x", content: Buffer.from("before") }])
    guest.close()
    first.close()

    const second = channelPair()
    serveHost(host, second.launcher, silentLog)
    const remote = remoteHost("here", second.server)
    const ref = { id: spec.id, driver: "sandbox" }
    expect(await remote.list()).toEqual([ref])
    const again = await connectGuest(await remote.boot(spec, null), { clock: systemClock })
    expect(String(await again.readFile("/workspace/x", 10))).toBe("before")
    again.close()
    const row = { ...ref, state: "running", organizationId: "org_1" }
    expect((await remote.find(row))?.id).toBe(ref.id)
    await remote.destroy(row)
    await remote.deleteData(row)
    expect(await remote.find(row)).toBeUndefined()
  })

  test("calls of a server whose launcher is gone fail with a sentence", async () => {
    const pair = channelPair()
    const remote = remoteHost("here", pair.server)
    const waiting = remote.list()
    pair.close()
    await expect(waiting).rejects.toMatchObject({ code: "launcher_gone" })
    await expect(remote.list()).rejects.toMatchObject({ code: "launcher_gone" })
  })

  test("a server can ask for nothing but the verbs, with sound arguments", async () => {
    const host = await openHost()
    const pair = channelPair()
    serveHost(host, pair.launcher, silentLog)
    const ask = (verb: string, argument: unknown) => {
      const answer = new Promise((resolve) => pair.server.onMessage(resolve))
      pair.server.send({ vmCall: 1, verb, argument })
      return Promise.race([answer, systemClock.sleep(100).then(() => "no answer")])
    }
    const invalid = { ok: false, fault: { code: "vm_spec_invalid" } }
    for (const spec of [
      { id: "vm_../../etc" },
      { cpuCount: 0 },
      { memoryMiB: 1e9 },
      { trust: "root" },
      { image: "../../etc" },
      { egress: "all" },
      { more: true },
    ]) {
      const reply = await ask("boot", { spec: makeSpec(spec), driver: null })
      expect(reply, JSON.stringify(spec)).toMatchObject(invalid)
    }
    expect(await ask("boot", { spec: makeSpec(), driver: "../etc" })).toMatchObject(invalid)
    for (const id of ["../../../etc", "/etc", places.dataRoot, 7]) {
      expect(await ask("destroy", { id, driver: null })).toMatchObject(invalid)
      expect(await ask("deleteData", { id, driver: null })).toMatchObject(invalid)
    }
    const unknown = { id: newId("vm"), driver: "another" }
    expect(await ask("find", unknown)).toMatchObject({ fault: { code: "driver_unknown" } })
    expect(await ask("constructor", {})).toBe("no answer")
    expect(await ask("close", {})).toBe("no answer")
    expect(await host.list()).toEqual([])
  })

  test("machines die with their launcher, and the next one clears up", async () => {
    const launcher = await forkLauncher({ ...places, rung: "bubblewrap" })
    launchers.push(launcher)
    const spec = makeSpec()
    const vm = await remoteHost("here", childChannel(launcher)).boot(spec, null)
    const guest = await connectGuest(vm, { clock: systemClock })
    void guest.exec(["sh", "-c", "env -i setsid sleep 8888"]).catch(() => "it went away")
    await expect(openHost()).rejects.toMatchObject({ code: "state_dir_in_use" })

    launcher.kill("SIGKILL")
    await once(launcher, "exit")
    await expect.poll(() => processesMarked(`VM_MACHINE=${spec.id}`), patient).toEqual([])
    const next = await openHost()
    expect(await next.list()).toEqual([])
    expect(await next.find({ id: spec.id, driver: null })).toBeUndefined()
    await next.boot(spec, null)
  })

  test.skipIf(!isRoot)("only the server's user may connect to a machine [needs root]", async () => {
    const host = await openHost({ owner: server })
    const { near } = await host.boot(makeSpec(), null)
    const connect = `require("net").connect(${JSON.stringify(near?.agentSocket)})
      .on("connect", () => { console.log("connected"); process.exit(0) })
      .on("error", (error) => console.log(error.code))`
    const as = async (uid: number) => {
      const { stdout } = await run(process.execPath, ["-e", connect], { uid, gid: uid })
      return String(stdout).trim()
    }
    expect(await as(server.uid)).toBe("connected")
    expect(await as(server.uid + 1)).toBe("EACCES")
  })

  test.skipIf(!isRoot)(
    "live machines never share a user, data follow theirs [needs root]",
    async () => {
      const host = await openHost()
      const specs = [makeSpec(), makeSpec(), makeSpec()]
      await Promise.all(specs.map((spec) => host.boot(spec, null)))

      const owners = await Promise.all(
        specs.map(async (spec) => (await stat(`${places.dataRoot}/${spec.id}`)).uid),
      )
      expect(new Set(owners).size).toBe(3)
      expect(Math.min(...owners)).toBeGreaterThanOrEqual(210_000)
    },
  )
})

const patient = { timeout: 20_000, interval: 50 }
