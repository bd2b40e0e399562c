import type { Duplex } from "node:stream"
import { buffer, text } from "node:stream/consumers"
import { describe, expect } from "vitest"
import type { Vm } from "../port.ts"
import { mebibyte, patient, type Suite } from "./context.suite.ts"

/** Connections to a machine's ports without frames, where the driver has them. */
export function directFacts({ boot, fact, world }: Suite): void {
  describe("direct connections", () => {
    const startServer = async (program = serverProgram) => {
      const { guest, vm, order } = await boot()
      const port = vm.caps.network ? await guest.freePort() : 8080
      const content = Buffer.from(program)
      await guest.writeFiles([{ path: "/workspace/server.mjs", content }])
      await guest.startApp({ argv: ["node", "server.mjs"], cwd: "/workspace", env: {}, port })
      await expect.poll(async () => (await guest.appStatus()).state, patient).toBe("listening")
      return { guest, vm, order, port, dial: () => dial(vm, port) }
    }

    fact("bytes pass both ways, and each half ends by itself", async () => {
      const socket = await (await startServer()).dial()
      const answer = text(socket)
      socket.write("hello ")
      socket.end("there")
      expect(await answer).toBe("got 11 bytes: hello there")
    })

    fact("50 MiB arrive whole in either direction", async () => {
      const { dial } = await startServer()
      const up = await dial()
      const counted = text(up)
      up.end(Buffer.alloc(50 * mebibyte, 97))
      expect(await counted).toMatch(/^got 52428800 bytes/)
      const down = await dial()
      down.end("much")
      expect((await buffer(down)).equals(Buffer.alloc(50 * mebibyte, 98))).toBe(true)
    })

    fact("who does not read slows the app down instead of filling memory", async () => {
      const { guest, dial } = await startServer()
      const socket = await dial()
      socket.end("much")
      const written = async () => Number(await guest.appLog({ tailBytes: 15 }))
      let before = -1
      await expect
        .poll(
          async () => {
            const now = await written()
            const stands = now > 0 && now === before
            before = now
            return stands
          },
          { ...patient, interval: 300 },
        )
        .toBe(true)
      expect(before).toBeLessThan(8 * mebibyte)
      expect((await buffer(socket)).length).toBe(50 * mebibyte)
    })

    fact(
      "a port on which nothing listens is refused, also one that is not the machine's",
      async () => {
        const { vm } = await boot()
        await expect(dial(vm, 9)).rejects.toMatchObject({ code: "port_closed" })
      },
    )

    fact("a machine destroyed in mid-stream ends its connections", async () => {
      const { order, dial } = await startServer()
      const socket = await dial()
      socket.write("stay")
      const over = new Promise((resolve) => socket.once("end", resolve).once("close", resolve))
      socket.resume()
      await world().driver.destroy(order.id)
      await over
    })

    fact("what an app sends first comes after the connection was opened", async () => {
      const { dial } = await startServer(`
        import { createServer } from "node:net"
        createServer((socket) => socket.end("first")).listen(Number(process.env.PORT), "127.0.0.1")`)
      expect(await text(await dial())).toBe("first")
    })

    fact("an app that listens on IPv6's loopback only is found", async () => {
      const { dial } = await startServer(`
        import { createServer } from "node:net"
        createServer((socket) => socket.end("six")).listen(Number(process.env.PORT), "::1")`)
      expect(await text(await dial())).toBe("six")
    })

    fact("framed connections go on beside direct ones", async () => {
      const { guest, dial, port } = await startServer()
      const [direct, framed] = [await dial(), await guest.connectPort(port)]
      direct.end("one")
      framed.end("two")
      expect(await Promise.all([text(direct), text(framed)])).toEqual([
        "got 3 bytes: one",
        "got 3 bytes: two",
      ])
    })
  })
}

async function dial(vm: Vm, port: number): Promise<Duplex> {
  if (!vm.connectPort) throw new Error("the driver has no direct connections: skip these facts")
  return vm.connectPort(port)
}

/** Counts what it gets until the end of it, then answers; says how much it could write. */
const serverProgram = `
import { createServer } from "node:net"
createServer({ allowHalfOpen: true }, async (socket) => {
  let size = 0, first = ""
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    if (size === 0 || first.length < 20) first += chunk.toString("latin1", 0, 20)
    size += chunk.length
  }
  if (first !== "much") return socket.end("got " + size + " bytes: " + first.slice(0, 20))
  let written = 0
  const part = Buffer.alloc(64 * 1024, 98)
  const timer = setInterval(() => process.stdout.write("\\n" + String(written).padStart(15)), 100)
  while (written < 50 * 1024 * 1024) {
    written += part.length
    if (!socket.write(part)) await new Promise((resolve) => socket.once("drain", resolve))
  }
  clearInterval(timer)
  socket.end()
}).listen(Number(process.env.PORT), "127.0.0.1")
`
