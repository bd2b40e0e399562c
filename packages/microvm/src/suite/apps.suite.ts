import { once } from "node:events"
import { get, request } from "node:http"
import { text } from "node:stream/consumers"
import { describe, expect } from "vitest"
import type { Guest } from "../guest-client.ts"
import type { Vm } from "../port.ts"
import { mebibyte, patient, type Suite } from "./context.suite.ts"

/** An app that behaves. */
export function appFacts({ boot, fact, guestOf }: Suite): void {
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

    fact("an app started again replaces the one before; stopped, its port is closed", async () => {
      const { guest, vm } = await boot()
      const port = await startServer(guest, vm)
      const first = (await guest.appStatus()).pid
      await startServer(guest, vm)
      expect((await guest.appStatus()).pid).not.toBe(first)
      await guest.stopApp()
      expect(await guest.appStatus()).toMatchObject({ state: "exited" })
      await expect(guest.connectPort(port)).rejects.toMatchObject({ code: "port_closed" })
    })

    fact("an app that is given time writes what it still has to write, and no longer", async () => {
      const { guest, vm } = await boot()
      const port = vm.caps.network ? await guest.freePort() : 8080
      const start = async (program: string) => {
        await guest.writeFiles([{ path: "/workspace/app.mjs", content: Buffer.from(program) }])
        await guest.startApp({ argv: ["node", "app.mjs"], cwd: "/workspace", env: {}, port })
        await expect
          .poll(() => guest.appLog({ tailBytes: 1000, newestStart: true }), patient)
          .toContain("up")
      }
      await start(
        `process.on("SIGTERM", () => { console.log("good bye"); process.exit(3) }); console.log("up"); setInterval(() => {}, 1000)`,
      )
      await guest.stopApp({ graceMs: 10_000 })
      expect(await guest.appStatus()).toMatchObject({ state: "exited", exitCode: 3 })
      expect(await guest.appLog({ tailBytes: 1000 })).toContain("good bye")
      await start(`process.on("SIGTERM", () => {}); console.log("up"); setInterval(() => {}, 1000)`)
      await guest.stopApp({ graceMs: 100 })
      expect(await guest.appStatus()).toMatchObject({ state: "exited", signal: "SIGKILL" })
    })

    fact("what a machine uses is seen from inside: processor, memory and disk", async () => {
      const { guest } = await boot()
      const idle = await guest.use()
      expect(idle.processors).toBeLessThan(0.9)
      expect(idle.memoryBytes).toBeGreaterThan(10 * mebibyte)
      const held = "const held = Buffer.alloc(60 * 1024 ** 2, 1); for (;;) held.reverse()"
      const busy = guest.exec(["node", "-e", held], { timeoutMs: 20_000 }).catch(() => undefined)
      const five = ["dd", "if=/dev/zero", "of=file", "bs=1M", "count=5"]
      await guest.exec(five, { cwd: "/data" })
      await expect
        .poll(() => guest.use(), patient)
        .toSatisfy(
          (now: typeof idle) =>
            now.processors > idle.processors &&
            now.memoryBytes > idle.memoryBytes + 50 * mebibyte &&
            now.processes > idle.processes &&
            (now.diskBytes ?? 0) >= (idle.diskBytes ?? 0) + 5 * mebibyte,
        )
      void busy
    })

    fact("news of an app come when it starts, listens and ends, not before", async () => {
      const { guest, vm } = await boot()
      const none = await guest.appStatus()
      const starting = guest.appNews(none)
      await guest.writeFiles([
        { path: "/workspace/server.mjs", content: Buffer.from(serverProgram) },
      ])
      const port = vm.caps.network ? await guest.freePort() : 8080
      await guest.startApp({ argv: ["node", "server.mjs"], cwd: "/workspace", env: {}, port })
      let now = await starting
      expect(now.startedAt).toMatch(/Z$/)
      if (now.state === "starting") now = await guest.appNews(now)
      expect(now.state).toBe("listening")
      const ending = guest.appNews(now)
      await guest.stopApp()
      now = await ending
      // Between its last breath and the word of it, only its port is seen to be closed.
      if (now.state === "starting") now = await guest.appNews(now)
      expect(now).toMatchObject({ state: "exited", signal: "SIGKILL" })
    })

    fact("an app outlives the connection that started it", async () => {
      const { guest, vm } = await boot()
      const port = await startServer(guest, vm)
      guest.close()
      const later = await guestOf(vm)
      expect(await later.appStatus()).toMatchObject({ state: "listening" })
      expect(await fetchPage(later, port, "/x")).toBe("you asked for /x")
    })
  })
}

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

async function fetchPage(guest: Guest, port: number, path: string): Promise<string> {
  const socket = await guest.connectPort(port)
  const getting = get({ path, createConnection: () => socket, headers: { connection: "close" } })
  const [response] = await once(getting, "response")
  const body = await text(response)
  socket.destroy()
  return body
}
