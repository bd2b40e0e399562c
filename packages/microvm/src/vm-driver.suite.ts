import { once } from "node:events"
import { chmod, readdir, readFile, writeFile } from "node:fs/promises"
import { createServer, get, request } from "node:http"
import type { AddressInfo } from "node:net"
import { text } from "node:stream/consumers"
import { systemClock } from "@vibecaas/kernel/clock"
import { makeNewId } from "@vibecaas/kernel/id"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { connectGuest, type Guest } from "./guest-client.ts"
import type { Vm, VmDriver, VmSpec } from "./port.ts"

/** A driver and what the suite needs to look at it from outside. */
export interface DriverWorld {
  driver: VmDriver
  dataRoot: string
  /** a directory of the host that no machine may see */
  outside: string
  /** what is still there of a machine, in words */
  leftovers(id: string): Promise<string[]>
  close(): Promise<void>
}

export interface SuiteOptions {
  /** facts that do not hold for this driver, each with the reason */
  skip?: Record<string, string>
}

const newId = makeNewId(systemClock)
const mebibyte = 1024 * 1024

/** What every driver promises. Each fact boots machines of its own. */
export function vmDriverSuite(
  name: string,
  makeWorld: () => Promise<DriverWorld>,
  options: SuiteOptions = {},
): void {
  describe(name, () => {
    let world: DriverWorld
    let guests: Guest[] = []
    let ids: string[] = []
    const specOf = (given: Partial<VmSpec> = {}): VmSpec => {
      const id = newId("vm")
      ids.push(id)
      return {
        id,
        cpuCount: 1,
        memoryMiB: 256,
        diskMiB: 64,
        dataDir: `${world.dataRoot}/${id}`,
        trust: "untrusted",
        ...given,
      }
    }
    const guestOf = async (vm: Vm) => {
      const guest = await connectGuest(vm, { clock: systemClock })
      guests.push(guest)
      return guest
    }
    const boot = async (given: Partial<VmSpec> = {}) => {
      const spec = specOf(given)
      const vm = await world.driver.boot(spec)
      return { spec, vm, guest: await guestOf(vm) }
    }
    /** One machine for all facts of a group; its workspace is emptied before each. */
    const sharedGuest = () => {
      let guest: Guest | undefined
      let id = ""
      beforeAll(async () => {
        const spec = specOf()
        id = spec.id
        ids = ids.filter((other) => other !== id)
        guest = await connectGuest(await world.driver.boot(spec), { clock: systemClock })
      })
      beforeEach(async () => {
        await guest?.exec(["sh", "-c", 'cd "$WORKSPACE_DIR" && rm -rf ./*'])
      })
      afterAll(async () => {
        guest?.close()
        await world.driver.destroy(id)
      })
      return () => {
        if (!guest) throw new Error("the group's machine did not start")
        return guest
      }
    }
    const fact = (title: string, body: () => Promise<void>) => {
      const reason = options.skip?.[title]
      if (reason === undefined) test(title, { timeout: 60_000 }, body)
      else test.skip(`${title} [skipped: ${reason}]`, body)
    }

    beforeAll(async () => {
      world = await makeWorld()
    }, 60_000)
    afterEach(async () => {
      for (const guest of guests) guest.close()
      await Promise.all(ids.map((id) => world.driver.destroy(id)))
      guests = []
      ids = []
    })
    afterAll(() => world?.close(), 60_000)

    fact("probe names a rung and what an app can reach", async () => {
      const caps = await world.driver.probe()
      expect(caps.reaches.length).toBeGreaterThan(0)
      expect(caps.label).toContain(":")
    })

    fact("a machine booted twice is the same machine", async () => {
      const { spec, guest } = await boot()
      await guest.writeFiles([{ path: "/workspace/mark", content: Buffer.from("first") }])
      const again = await guestOf(await world.driver.boot(spec))
      expect(String(await again.readFile("/workspace/mark", 100))).toBe("first")
      expect(await world.driver.list()).toContain(spec.id)
    })

    fact("two boots of one id at the same time give one machine", async () => {
      const spec = specOf()
      const vms = await Promise.all([world.driver.boot(spec), world.driver.boot(spec)])
      const listed = (await world.driver.list()).filter((id) => id === spec.id)
      expect([vms[0].id, vms[1].id, listed.length]).toEqual([spec.id, spec.id, 1])
    })

    fact("data of a running machine are refused to a second one", async () => {
      const { spec } = await boot()
      const second = world.driver.boot(specOf({ dataDir: spec.dataDir }))
      await expect(second).rejects.toMatchObject({ code: "data_in_use" })
      await expect(world.driver.deleteData(spec.dataDir)).rejects.toMatchObject({
        code: "data_in_use",
      })
    })

    fact("a destroyed machine leaves nothing, and destroying it again is fine", async () => {
      const { spec, vm, guest } = await boot()
      void guest.exec(["sleep", "1000"]).catch(() => "the machine went away")
      await world.driver.destroy(spec.id)
      expect(await world.leftovers(spec.id)).toEqual([])
      expect(await vm.alive()).toBe(false)
      expect(await world.driver.find(spec.id)).toBeUndefined()
      await world.driver.destroy(spec.id)
    })

    fact("a process that cut all its ties ends with the machine", async () => {
      const { spec, guest } = await boot()
      const marker = `31${Date.now() % 1e7}`
      await guest.exec(["sh", "-c", `env -i setsid sh -c 'sleep ${marker}' >/dev/null 2>&1 &`])
      await world.driver.destroy(spec.id)
      expect(await commandLines()).not.toContain(marker)
    })

    fact("a machine whose agent ends is gone without a trace", async () => {
      const { spec, vm, guest } = await boot()
      await guest.exec(["sh", "-c", "kill -9 $PPID"]).catch(() => "it went away")
      await expect.poll(() => vm.alive(), patient).toBe(false)
      await expect.poll(() => world.leftovers(spec.id), patient).toEqual([])
    })

    fact("data survive a destroyed machine; what was elsewhere does not", async () => {
      const { spec, guest } = await boot()
      await guest.writeFiles([
        { path: "/data/kept.txt", content: Buffer.from("kept") },
        { path: "/workspace/lost.txt", content: Buffer.from("lost") },
      ])
      await world.driver.destroy(spec.id)
      const again = await guestOf(await world.driver.boot(spec))
      expect(String(await again.readFile("/data/kept.txt", 100))).toBe("kept")
      await expect(again.readFile("/workspace/lost.txt", 100)).rejects.toMatchObject({
        code: "not_found",
      })
    })

    fact("deleted data are gone, and deleting them again is fine", async () => {
      const { spec, guest } = await boot()
      await guest.writeFiles([{ path: "/data/a/b", content: Buffer.from("x") }])
      await world.driver.destroy(spec.id)
      await world.driver.deleteData(spec.dataDir)
      await world.driver.deleteData(spec.dataDir)
      const again = await guestOf(await world.driver.boot(spec))
      expect(await again.scan("/data", { maxFiles: 10 })).toEqual([])
    })

    fact("a data directory outside the root or behind a link is refused", async () => {
      for (const dataDir of ["/etc", `${world.dataRoot}/../x`, world.dataRoot]) {
        const booted = world.driver.boot(specOf({ dataDir }))
        await expect(booted).rejects.toMatchObject({
          code: expect.stringMatching(/^(vm_spec_invalid|data_dir_refused)$/),
        })
      }
    })

    describe("commands", () => {
      const shared = sharedGuest()

      fact("output, complaints and the exit code come back", async () => {
        const guest = shared()
        const result = await guest.exec(["sh", "-c", "cat; echo no >&2; exit 3"], { stdin: "in" })
        expect([String(result.stdout), String(result.stderr)]).toEqual(["in", "no\n"])
        expect(result).toMatchObject({ exitCode: 3, signal: null, timedOut: false })
      })

      fact("output streams while the command runs", async () => {
        const guest = shared()
        const seen = Promise.withResolvers<string>()
        const running = guest.exec(["sh", "-c", "echo early; read -r line; echo $line"], {
          onOutput: (_stream, chunk) => seen.resolve(String(chunk)),
          timeoutMs: 10_000,
          stdin: "late\n",
        })
        expect(await seen.promise).toContain("early")
        expect(String((await running).stdout)).toBe("early\nlate\n")
      })

      fact("a command that runs too long is killed with all it started", async () => {
        const guest = shared()
        const argv = ["sh", "-c", "sh -c 'sleep 4321' & setsid sleep 4321 & sleep 4321"]
        const result = await guest.exec(argv, { timeoutMs: 300 })
        expect(result).toMatchObject({ timedOut: true, exitCode: null })
        expect(await guestProcesses(guest)).not.toContain("4321")
      })

      fact("an abandoned command is killed", async () => {
        const guest = shared()
        const controller = new AbortController()
        const { signal } = controller
        const running = guest.exec(["sh", "-c", "echo up; sleep 4322"], {
          signal,
          onOutput: () => controller.abort(new Error("enough")),
        })
        await expect(running).rejects.toThrow("enough")
        await expect.poll(() => guestProcesses(guest), patient).not.toContain("4322")
      })

      fact("output beyond the limit is dropped, and said so", async () => {
        const guest = shared()
        const result = await guest.exec(["sh", "-c", "yes | head -c 50000000"], {
          maxOutputBytes: 10_000,
        })
        expect(result).toMatchObject({ exitCode: 0, truncated: true })
        expect(result.stdout.length).toBe(10_000)
      })

      fact("a program that does not exist is a fault", async () => {
        const guest = shared()
        await expect(guest.exec(["/no/such"])).rejects.toMatchObject({ code: "spawn_failed" })
      })

      fact("commands run in the workspace, not as root, with node on the path", async () => {
        const guest = shared()
        const { stdout } = await guest.exec([
          "sh",
          "-c",
          "pwd; echo $WORKSPACE_DIR; id -u; node -v",
        ])
        const [pwd, workspace, uid, node] = String(stdout).split("\n")
        expect(pwd).toBe(workspace)
        expect(uid).not.toBe("0")
        expect(node).toBe(process.version)
      })
    })

    describe("files", () => {
      const shared = sharedGuest()

      fact("written files come back with size, mode and git's name", async () => {
        const guest = shared()
        const large = Buffer.alloc(3 * mebibyte, 7)
        await guest.writeFiles([
          { path: "/workspace/a/hello.txt", content: Buffer.from("hello\n") },
          { path: "/workspace/run.sh", content: Buffer.from("#!/bin/sh\n"), mode: 0o755 },
          { path: "/workspace/large", content: large },
          { path: "/workspace/empty", content: Buffer.alloc(0) },
          { path: "/workspace/node_modules/x/index.js", content: Buffer.from("skipped") },
        ])
        const files = await guest.scan("/workspace", { maxFiles: 100 })
        expect(files.map((file) => file.path).sort()).toEqual([
          "a/hello.txt",
          "empty",
          "large",
          "run.sh",
        ])
        expect(files).toContainEqual({
          path: "a/hello.txt",
          size: 6,
          mode: 0o644,
          sha1: "ce013625030ba8dba906f756967f9e9ca394464a",
        })
        expect(files).toContainEqual(expect.objectContaining({ path: "run.sh", mode: 0o755 }))
        expect((await guest.readFile("/workspace/large", 4 * mebibyte)).equals(large)).toBe(true)
      })

      fact("removed files and directories are gone", async () => {
        const guest = shared()
        const content = Buffer.from("x")
        await guest.writeFiles([
          { path: "/workspace/a/b", content },
          { path: "/workspace/c", content },
        ])
        await guest.remove(["/workspace/a", "/workspace/none"])
        const files = await guest.scan("/workspace", { maxFiles: 10 })
        expect(files.map((file) => file.path)).toEqual(["c"])
      })

      fact("paths that lead out are refused", async () => {
        const guest = shared()
        await guest.exec(["sh", "-c", "ln -s /etc etc; ln -s /etc/passwd passwd; ln -s .. up"])
        const content = Buffer.from("x")
        for (const path of [
          "/etc/passwd",
          "/workspace/../etc/passwd",
          "/workspace/etc/passwd",
          "/workspace/etc/new",
          "/workspace/up/x",
          "relative",
          "/workspace/./x",
          "/workspacex/y",
        ]) {
          await expect(guest.readFile(path, 10_000), path).rejects.toMatchObject({
            code: "outside",
          })
          await expect(guest.writeFiles([{ path, content }]), path).rejects.toMatchObject({
            code: "outside",
          })
          await expect(guest.remove([path]), path).rejects.toMatchObject({ code: "outside" })
        }
        await expect(guest.readFile("/workspace/passwd", 10_000)).rejects.toMatchObject({
          code: "outside",
        })
        await expect(guest.remove(["/workspace"])).rejects.toMatchObject({ code: "outside" })
      })

      fact("files that are too large, too many or no files are refused", async () => {
        const guest = shared()
        await guest.exec(["sh", "-c", "echo 12345678 > big; mkfifo pipe; touch a b c"])
        await expect(guest.readFile("/workspace/big", 4)).rejects.toMatchObject({
          code: "too_large",
        })
        await expect(guest.readFile("/workspace/pipe", 4)).rejects.toMatchObject({
          code: "not_a_file",
        })
        await expect(guest.scan("/workspace", { maxFiles: 2 })).rejects.toMatchObject({
          code: "too_many_files",
        })
      })
    })

    describe("the app", () => {
      const startServer = async (guest: Guest, vm: Vm) => {
        const port = vm.caps.network ? await guest.freePort() : 8080
        const content = Buffer.from(serverProgram)
        await guest.writeFiles([{ path: "/workspace/server.mjs", content }])
        await guest.startApp({ argv: ["node", "server.mjs"], cwd: "/workspace", env: {}, port })
        await expect.poll(async () => (await guest.appStatus()).state, patient).toBe("listening")
        return port
      }

      fact("an app answers HTTP through the machine's stream", async () => {
        const { guest, vm } = await boot()
        const port = await startServer(guest, vm)
        const pages = await Promise.all([1, 2, 3].map((n) => fetchPage(guest, port, `/${n}`)))
        expect(pages).toEqual(["you asked for /1", "you asked for /2", "you asked for /3"])
        expect((await fetchPage(guest, port, "/large")).length).toBe(5 * mebibyte)
      })

      fact("an upgraded connection carries bytes both ways", async () => {
        const { guest, vm } = await boot()
        const port = await startServer(guest, vm)
        const socket = await guest.connectPort(port)
        const upgrading = request({
          createConnection: () => socket,
          headers: { connection: "Upgrade", upgrade: "echo" },
        })
        upgrading.end()
        await once(upgrading, "upgrade")
        socket.write("ping")
        const [bytes] = await once(socket, "data")
        expect(String(bytes)).toBe("ping")
        socket.destroy()
      })

      fact(
        "an app started again replaces the one before; stopped, its port is closed",
        async () => {
          const { guest, vm } = await boot()
          const port = await startServer(guest, vm)
          const first = (await guest.appStatus()).pid
          await startServer(guest, vm)
          expect((await guest.appStatus()).pid).not.toBe(first)
          await guest.stopApp()
          expect(await guest.appStatus()).toMatchObject({ state: "exited" })
          await expect(guest.connectPort(port)).rejects.toMatchObject({ code: "port_closed" })
        },
      )

      fact("an app outlives the connection that started it", async () => {
        const { guest, vm } = await boot()
        const port = await startServer(guest, vm)
        guest.close()
        const later = await guestOf(vm)
        expect(await later.appStatus()).toMatchObject({ state: "listening" })
        expect(await fetchPage(later, port, "/x")).toBe("you asked for /x")
      })

      const startShell = async (guest: Guest, vm: Vm, script: string) => {
        const port = vm.caps.network ? await guest.freePort() : 8080
        await guest.startApp({ argv: ["sh", "-c", script], cwd: "/workspace", env: {}, port })
      }

      fact("an app that never listens stays starting; one that exits says how", async () => {
        const { guest, vm } = await boot()
        expect(await guest.appStatus()).toEqual({ state: "none", outputBytes: 0 })
        await startShell(guest, vm, "sleep 100")
        expect(await guest.appStatus()).toMatchObject({ state: "starting" })
        await startShell(guest, vm, "echo broken; exit 7")
        await expect
          .poll(() => guest.appStatus(), patient)
          .toMatchObject({
            state: "exited",
            exitCode: 7,
          })
        expect(await guest.appLog({ tailBytes: 1000 })).toContain("broken")
      })

      fact("what an app prints reaches its listener", async () => {
        const { guest, vm } = await boot()
        let heard = ""
        const stop = guest.onAppLog((part) => {
          heard += part
        })
        await guest.ping()
        await startShell(guest, vm, "echo one; echo two >&2; sleep 100")
        await expect.poll(() => heard, patient).toContain("two")
        expect(heard).toContain("one")
        stop()
      })

      fact("an app that prints 200 MB costs little here and there", async () => {
        const { guest, vm } = await boot()
        let heard = 0
        guest.onAppLog((part) => {
          heard += part.length
        })
        await startShell(
          guest,
          vm,
          "yes 0123456789012345678901234567890 | head -c 200000000; echo end",
        )
        await expect.poll(() => guest.appStatus(), patient).toMatchObject({ state: "exited" })
        expect((await guest.appStatus()).outputBytes).toBe(200_000_004)
        const tail = await guest.appLog({ tailBytes: 100 * mebibyte })
        expect(tail.length).toBe(mebibyte)
        expect(tail.endsWith("end\n")).toBe(true)
        expect(heard).toBeLessThan(40 * mebibyte)
      })

      fact("a fork bomb stays in its machine and can be stopped", async () => {
        const { guest, vm } = await boot()
        const { guest: other } = await boot()
        await startShell(guest, vm, "bomb() { bomb | bomb & }; bomb; sleep 100")
        await expect.poll(async () => (await other.exec(["true"])).exitCode, patient).toBe(0)
        await guest.stopApp()
        await expect
          .poll(async () => (await guest.exec(["true"]).catch(() => undefined))?.exitCode, patient)
          .toBe(0)
      })

      fact("an app that fills the disk is stopped until there is room", async () => {
        const { guest, vm } = await boot({ diskMiB: 8 })
        const fill = "for i in 1 2 3; do head -c 3500000 /dev/zero > $DATA_DIR/$i; done; sleep 100"
        await startShell(guest, vm, fill)
        await expect
          .poll(() => guest.appStatus(), patient)
          .toMatchObject({
            state: "exited",
            reason: "disk_full",
          })
        await expect(startShell(guest, vm, "sleep 100")).rejects.toMatchObject({
          code: "disk_full",
        })
        await guest.remove(["/data/1", "/data/2", "/data/3"])
        await expect
          .poll(() => startShell(guest, vm, "sleep 100").then(() => "started", String), patient)
          .toBe("started")
      })

      fact("a machine whose disk keeps filling is ended; its data stay", async () => {
        const { vm, guest } = await boot({ diskMiB: 4 })
        const fill =
          "for i in 1 2 3 4; do head -c 2500000 /dev/zero > $DATA_DIR/$i; done; sleep 100"
        void guest.exec(["sh", "-c", fill]).catch(() => "the machine went away")
        await expect.poll(() => vm.alive(), patient).toBe(false)
      })

      fact("an app that eats memory dies, not its neighbours", async () => {
        const { guest, vm } = await boot({ memoryMiB: 128 })
        const { guest: other } = await boot()
        await startShell(guest, vm, "node -e 'a=[];for(;;)a.push(Buffer.alloc(1e7,1))'")
        await expect
          .poll(async () => (await guest.appStatus().catch(() => undefined))?.state, patient)
          .not.toBe("starting")
        expect((await other.exec(["true"])).exitCode).toBe(0)
      })
    })

    describe("walls", () => {
      fact(
        "no network is reached, neither the host's localhost nor a metadata service",
        async () => {
          const server = createServer((_request, response) => response.end("host"))
          await once(server.listen(0, "127.0.0.1"), "listening")
          const { port } = server.address() as AddressInfo
          const { guest } = await boot()
          const attempt = async (host: string, to: number) =>
            String((await guest.exec(["node", "-e", connectProgram, host, String(to)])).stdout)
          expect(await attempt("127.0.0.1", port)).not.toContain("connected")
          expect(await attempt("169.254.169.254", 80)).not.toContain("connected")
          server.close()
        },
      )

      fact("a file of the host cannot be read", async () => {
        const secret = `${world.outside}/secret.txt`
        await writeFile(secret, "the secret")
        await chmod(secret, 0o644)
        const { guest } = await boot()
        const { stdout } = await guest.exec([
          "sh",
          "-c",
          `cat ${secret} /proc/1/root${secret} /proc/*/root${secret} /proc/*/cwd/..${secret}`,
        ])
        expect(String(stdout)).not.toContain("the secret")
      })

      fact("other machines' processes are out of sight", async () => {
        const { guest } = await boot()
        const { guest: other } = await boot()
        void guest.exec(["sleep", "7654"]).catch(() => "ends with the suite")
        await expect.poll(() => guestProcesses(guest), patient).toContain("7654")
        expect(await guestProcesses(other)).not.toContain("7654")
      })

      fact("another machine's data cannot be read", async () => {
        const { guest, spec } = await boot()
        const { guest: other } = await boot()
        await guest.writeFiles([{ path: "/data/private", content: Buffer.from("mine") }])
        const { stdout } = await other.exec(["sh", "-c", `cat ${spec.dataDir}/private`])
        expect(String(stdout)).toBe("")
      })

      fact("no right can be gained and the system cannot be written to", async () => {
        const { guest } = await boot()
        const { stdout } = await guest.exec(["sh", "-c", "cat /proc/self/status; touch /usr/x /x"])
        expect(String(stdout)).toMatch(/^CapEff:\s+0+$/m)
        expect(String(stdout)).toMatch(/^NoNewPrivs:\s+1$/m)
        const { exitCode } = await guest.exec(["sh", "-c", "touch /usr/x || touch /x"])
        expect(exitCode).not.toBe(0)
      })

      fact("the environment holds nothing of the platform's", async () => {
        process.env.SUITE_SECRET = "in the environment"
        const { guest } = await boot()
        const { stdout } = await guest.exec(["sh", "-c", "env; cat /proc/1/environ"])
        expect(String(stdout)).not.toContain("in the environment")
      })
    })
  })
}

const patient = { timeout: 20_000, interval: 50 }

const serverProgram = `
import { createServer } from "node:http"
const server = createServer((request, response) =>
  response.end(request.url === "/large" ? Buffer.alloc(5 * 1024 * 1024, 97) : "you asked for " + request.url))
server.on("upgrade", (request, socket) => {
  socket.write("HTTP/1.1 101 Switching Protocols\\r\\nConnection: Upgrade\\r\\nUpgrade: echo\\r\\n\\r\\n")
  socket.pipe(socket)
})
server.listen(Number(process.env.PORT), "127.0.0.1")
`

const connectProgram = `
const [host, port] = process.argv.slice(1)
const socket = require("node:net").connect({ host, port: Number(port), timeout: 1500 })
socket.on("connect", () => { console.log("connected"); process.exit(0) })
socket.on("error", (error) => { console.log(error.code); process.exit(0) })
socket.on("timeout", () => { console.log("timeout"); process.exit(0) })
`

async function fetchPage(guest: Guest, port: number, path: string): Promise<string> {
  const socket = await guest.connectPort(port)
  const getting = get({ path, createConnection: () => socket, headers: { connection: "close" } })
  const [response] = await once(getting, "response")
  const body = await text(response)
  socket.destroy()
  return body
}

/** Command lines of all processes that the guest sees. */
async function guestProcesses(guest: Guest): Promise<string> {
  const script = "for f in /proc/[0-9]*/cmdline; do tr '\\0' ' ' < $f 2>/dev/null; echo; done"
  return String((await guest.exec(["sh", "-c", script])).stdout)
}

/** Command lines of all processes on this host. */
async function commandLines(): Promise<string> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name))
  const lines = pids.map((pid) => readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => ""))
  return (await Promise.all(lines)).join("\n")
}
