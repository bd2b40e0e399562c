import { createServer } from "node:http"
import { text } from "node:stream/consumers"
import { describe, expect } from "vitest"
import { layersFolder } from "../guest-client.ts"
import { patient, type Suite } from "./context.suite.ts"

/** Ports of the machine whose connections the host serves, and what is put into a machine to be used. */
export function doorFacts({ boot, fact }: Suite): void {
  describe("doors", () => {
    const served = async () => {
      const { guest } = await boot()
      const server = createServer((request, response) => {
        response.end(request.url === "/much" ? Buffer.alloc(5_000_000, 97) : `host: ${request.url}`)
      })
      const door = await guest.openDoor((connection) => server.emit("connection", connection))
      const ask = async (path: string) => {
        const url = `http://127.0.0.1:${door.port}${path}`
        return String((await guest.exec(["node", "-e", askProgram, url])).stdout)
      }
      return { guest, door, ask }
    }

    fact(
      "who connects inside is answered by the host, many at once, as much as it is",
      async () => {
        const { ask } = await served()
        const answers = await Promise.all(["/a", "/b", "/c", "/much"].map(ask))
        expect(answers).toEqual(["host: /a", "host: /b", "host: /c", "5000000 characters"])
      },
    )

    fact("a door that was closed leads nowhere, with what was under way", async () => {
      const { ask, door, guest } = await served()
      expect(await ask("/a")).toBe("host: /a")
      door.close()
      await expect.poll(() => ask("/a"), patient).toContain("ECONNREFUSED")
      await guest.ping()
    })

    fact("a connection that nobody takes is cut off, others are not harmed", async () => {
      const { guest } = await boot()
      const seen: Promise<string>[] = []
      const door = await guest.openDoor((connection) => {
        if (seen.length === 0) connection.destroy()
        else connection.end("second")
        seen.push(text(connection).catch(String))
      })
      const url = [`127.0.0.1`, String(door.port)]
      const dial = async () =>
        String((await guest.exec(["node", "-e", dialProgram, ...url])).stdout)
      expect(await dial()).toBe("")
      expect(await dial()).toBe("second")
    })
  })

  describe("layers", () => {
    const name = "a".repeat(64)

    fact("a folder uses the packages of a layer, and keeps what is its own", async () => {
      const { guest } = await boot()
      expect(await guest.useLayer(name, "/workspace")).toBeNull()
      const content = (words: string) => Buffer.from(words)
      await guest.writeFiles([
        { path: "/data/l/node_modules/one/index.js", content: content("module.exports = 1") },
        {
          path: "/data/l/node_modules/@s/two/index.js",
          content: content("module.exports = require('one') + 1"),
        },
        { path: "/data/l/files/dist/index.html", content: content("built") },
        {
          path: "/workspace/main.mjs",
          content: content("import two from '@s/two'; console.log(two)"),
        },
      ])
      await guest.unpack(`${layersFolder}/${name}`, guest.pack("/data/l"))
      expect(await guest.useLayer(name, "/workspace")).toContain(name)
      const main = async () => {
        const { stdout, stderr } = await guest.exec(["node", "main.mjs"])
        return `${stdout}${stderr}`
      }
      expect(await main()).toBe("2\n")
      expect(String(await guest.readFile("/workspace/dist/index.html", 10))).toBe("built")
      await guest.writeFiles([
        { path: "/workspace/node_modules/.cache/mine", content: content("mine") },
      ])
      await guest.useLayer(name, "/workspace")
      expect(String(await guest.readFile("/workspace/node_modules/.cache/mine", 10))).toBe("mine")
      await guest.dropLayers("/workspace")
      expect(await main()).toContain("ERR_MODULE_NOT_FOUND")
      expect(String(await guest.readFile("/workspace/node_modules/.cache/mine", 10))).toBe("mine")
    })

    fact("a layer's name leads nowhere else", async () => {
      const { guest } = await boot()
      for (const wrong of ["../../etc", "..", "", "A".repeat(64)]) {
        await expect(guest.useLayer(wrong, "/workspace")).rejects.toMatchObject({ code: "outside" })
      }
      await expect(guest.useLayer(name, "/etc")).rejects.toMatchObject({ code: "outside" })
    })
  })
}

const askProgram = `
const answer = await fetch(process.argv[1]).then((it) => it.text(), (error) => error.cause.code)
process.stdout.write(answer.length > 100 ? \`\${answer.length} characters\` : answer)
`

const dialProgram = `
const [host, port] = process.argv.slice(1)
const socket = require("node:net").connect(Number(port), host)
socket.on("error", () => {}).on("data", (bytes) => process.stdout.write(bytes))
`
