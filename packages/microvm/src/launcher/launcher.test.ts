import type { ChildProcess } from "node:child_process"
import { once } from "node:events"
import { chmod, mkdtemp, rm, stat } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { systemClock } from "@vibecaas/kernel/clock"
import { makeNewId } from "@vibecaas/kernel/id"
import { silentLog } from "@vibecaas/kernel/log"
import { run } from "@vibecaas/kernel/spawn"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { makeSandboxDriver, type SandboxDriver } from "../drivers/sandbox/driver.ts"
import type { SandboxOptions } from "../drivers/sandbox/options.ts"
import { processesMarked } from "../drivers/sandbox/processes.ts"
import { cannotTest, forkLauncher } from "../drivers/sandbox/sandbox-world.ts"
import { connectGuest } from "../guest-client.ts"
import { type Channel, childChannel } from "./channel.ts"
import { remoteDriver } from "./remote-driver.ts"
import { serveDriver } from "./serve-driver.ts"

const isRoot = process.getuid?.() === 0
const reason = await cannotTest("bubblewrap", isRoot ? "root" : "user")
const newId = makeNewId(systemClock)
const server = { uid: 219_600, gid: 219_600 }

let dir = ""
let places = { stateDir: "", dataRoot: "" }
const drivers: SandboxDriver[] = []
const launchers: ChildProcess[] = []

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "vm-"))
  await chmod(dir, 0o711)
  places = { stateDir: `${dir}/state`, dataRoot: `${dir}/data` }
})
afterEach(async () => {
  for (const driver of drivers.splice(0)) await driver.close()
  for (const launcher of launchers.splice(0)) launcher.kill("SIGKILL")
  await rm(dir, { recursive: true, force: true })
})

describe.skipIf(reason)(`launcher${reason ? ` [skipped: ${reason}]` : ""}`, () => {
  const makeDriver = async (given: Partial<SandboxOptions> = {}) => {
    const driver = await makeSandboxDriver({
      ...places,
      nodePath: process.execPath,
      clock: systemClock,
      log: silentLog,
      rungs: ["bubblewrap"],
      ...given,
    })
    drivers.push(driver)
    return driver
  }
  const makeSpec = (given: object = {}) => {
    const id = newId("vm")
    const sizes = { cpuCount: 1, memoryMiB: 256, diskMiB: 64 }
    return {
      id,
      ...sizes,
      dataDir: `${places.dataRoot}/${id}`,
      trust: "untrusted",
      ...given,
    } as const
  }

  test("a server that starts again finds its machines as they were", async () => {
    const driver = await makeDriver()
    const first = channelPair()
    serveDriver(driver, first.launcher, silentLog)
    const spec = makeSpec()
    const vm = await remoteDriver("sandbox", first.server).boot(spec)
    const guest = await connectGuest(vm, { clock: systemClock })
    await guest.writeFiles([{ path: "/workspace/x", content: Buffer.from("before") }])
    guest.close()
    first.close()

    const second = channelPair()
    serveDriver(driver, second.launcher, silentLog)
    const remote = remoteDriver("sandbox", second.server)
    expect(await remote.list()).toEqual([spec.id])
    const again = await connectGuest(await remote.boot(spec), { clock: systemClock })
    expect(String(await again.readFile("/workspace/x", 10))).toBe("before")
    again.close()
    await remote.destroy(spec.id)
    expect(await remote.find(spec.id)).toBeUndefined()
  })

  test("calls of a server whose launcher is gone fail with a sentence", async () => {
    const pair = channelPair()
    const remote = remoteDriver("sandbox", pair.server)
    const waiting = remote.list()
    pair.close()
    await expect(waiting).rejects.toMatchObject({ code: "launcher_gone" })
    await expect(remote.list()).rejects.toMatchObject({ code: "launcher_gone" })
  })

  test("a server can ask for nothing but the verbs, with sound arguments", async () => {
    const driver = await makeDriver()
    const pair = channelPair()
    serveDriver(driver, pair.launcher, silentLog)
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
      { dataDir: "/etc" },
      { dataDir: `${places.dataRoot}/a/../../b` },
      { dataDir: 7 },
      { trust: "root" },
      { more: true },
    ]) {
      const reply = await ask("boot", makeSpec(spec))
      if (!("dataDir" in spec)) expect(reply, JSON.stringify(spec)).toMatchObject(invalid)
      else expect(reply, JSON.stringify(spec)).toMatchObject({ ok: false })
    }
    expect(await ask("destroy", "../../../etc")).toMatchObject(invalid)
    expect(await ask("deleteData", "/etc")).toMatchObject({ ok: false })
    expect(await ask("deleteData", places.dataRoot)).toMatchObject({ ok: false })
    expect(await ask("constructor", {})).toBe("no answer")
    expect(await ask("close", {})).toBe("no answer")
    expect(await driver.list()).toEqual([])
  })

  test("machines die with their launcher, and the next one clears up", async () => {
    const launcher = await forkLauncher({ ...places, rung: "bubblewrap" })
    launchers.push(launcher)
    const spec = makeSpec()
    const vm = await remoteDriver("sandbox", childChannel(launcher)).boot(spec)
    const guest = await connectGuest(vm, { clock: systemClock })
    void guest.exec(["sh", "-c", "env -i setsid sleep 8888"]).catch(() => "it went away")
    await expect(makeDriver()).rejects.toMatchObject({ code: "state_dir_in_use" })

    launcher.kill("SIGKILL")
    await once(launcher, "exit")
    await expect.poll(() => processesMarked(`VM_MACHINE=${spec.id}`), patient).toEqual([])
    const next = await makeDriver()
    expect(await next.list()).toEqual([])
    expect(await next.find(spec.id)).toBeUndefined()
    await next.boot(spec)
  })

  test.skipIf(!isRoot)("only the server's user may connect to a machine [needs root]", async () => {
    const driver = await makeDriver({ owner: server })
    const { socketPath } = await driver.boot(makeSpec())
    const connect = `require("net").connect(${JSON.stringify(socketPath)})
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
      const driver = await makeDriver()
      const specs = [makeSpec(), makeSpec(), makeSpec()]
      await Promise.all(specs.map((spec) => driver.boot(spec)))

      const owners = await Promise.all(specs.map(async (spec) => (await stat(spec.dataDir)).uid))
      expect(new Set(owners).size).toBe(3)
      expect(Math.min(...owners)).toBeGreaterThanOrEqual(210_000)
    },
  )

  test("weak rungs are refused with what would help", async () => {
    for (const given of [{}, { allowWeak: true, requireIsolation: true }]) {
      const driver = await makeDriver({ ...given, rungs: ["uid", "none"] })
      await expect(driver.probe()).rejects.toMatchObject({
        code: "no_isolation",
        say: expect.stringContaining("bubblewrap"),
      })
      await driver.close()
      drivers.pop()
    }
  })
})

const patient = { timeout: 20_000, interval: 50 }

/** Two ends of a channel in one process; messages pass as copies, as between processes. */
function channelPair(): { launcher: Channel; server: Channel; close(): void } {
  const ends = [makeEnd(), makeEnd()] as const
  const channel = (own: ReturnType<typeof makeEnd>, other: ReturnType<typeof makeEnd>) => ({
    send: (message: object) => {
      const copy: unknown = JSON.parse(JSON.stringify(message))
      for (const listener of [...other.listeners]) queueMicrotask(() => listener(copy))
    },
    onMessage: (listener: (message: unknown) => void) => {
      own.listeners.add(listener)
      return () => own.listeners.delete(listener)
    },
    onClose: (listener: () => void) => void own.closing.push(listener),
  })
  return {
    launcher: channel(ends[0], ends[1]),
    server: channel(ends[1], ends[0]),
    close: () => {
      for (const end of ends) for (const listener of end.closing) listener()
    },
  }
}

function makeEnd() {
  return { listeners: new Set<(message: unknown) => void>(), closing: [] as (() => void)[] }
}
