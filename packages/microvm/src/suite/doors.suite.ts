import { createServer } from "node:http"
import type { Duplex } from "node:stream"
import { text } from "node:stream/consumers"
import { describe, expect } from "vitest"
import { layersFolder } from "../guest-client.ts"
import { patient, type Suite } from "./context.suite.ts"

/** Ports of the machine whose connections the host serves, and what is put into a machine to be used. */
export function doorFacts({ boot, guestOf, fact }: Suite): void {
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

    fact("a door of a named port is held by several, and who comes later goes on", async () => {
      const { vm, guest } = await boot()
      const word = (text: string) => (connection: Duplex) => void connection.end(text)
      const { port } = await guest.openDoor(word("first"))
      const free = port === 65_535 ? port - 1 : port + 1
      const first = await guest.openDoor(word("first"), free)
      expect(first.port).toBe(free)
      const dial = async () =>
        String((await guest.exec(["node", "-e", dialProgram, "127.0.0.1", `${free}`])).stdout)
      expect(await dial()).toBe("first")
      const later = await guestOf(vm)
      await later.openDoor(word("later"), free)
      expect(await dial()).toBe("later")
      later.close()
      await expect.poll(dial, patient).toBe("first")
      first.close()
      await expect.poll(dial, patient).toBe("")
      await guest.openDoor(word("anew"), free)
      expect(await dial()).toBe("anew")
      await expect(guest.openDoor(word("taken"), port)).rejects.toMatchObject({
        code: "guest_failed",
      })
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

    fact(
      "a folder's Python finds the packages of a layer first, and no longer once it is dropped",
      async () => {
        const { guest } = await boot()
        const content = (words: string) => Buffer.from(words)
        const { stdout: version } = await guest.exec(["sh", "-c", askVersion])
        // Without Python there is nothing to link, and a layer of it says so.
        const lib = `/data/l/venv/lib/${String(version).trim() || "python3.11"}/site-packages`
        await guest.writeFiles([
          { path: `${lib}/one.py`, content: content("words = 'of the layer'") },
          { path: "/data/l/venv/bin/tool", content: content(tool), mode: 0o755 },
          { path: "/workspace/main.py", content: content("import one; print(one.words)") },
        ])
        await guest.unpack(`${layersFolder}/${name}`, guest.pack("/data/l"))
        if (String(version) === "") {
          return expect(guest.useLayer(name, "/workspace")).rejects.toMatchObject({
            note: expect.stringContaining("no python3"),
          })
        }
        await guest.useLayer(name, "/workspace")
        const said = async (...argv: string[]) => {
          const { stdout, stderr } = await guest.exec(argv, { cwd: "/workspace" })
          return `${stdout}${stderr}`
        }
        expect(await said("python3", "main.py")).toBe("of the layer\n")
        expect(await said("tool")).toBe("tool of the layer\n")
        await guest.dropLayers("/workspace")
        expect(await said("python3", "main.py")).toContain("No module named 'one'")
      },
    )

    fact(
      "a folder's Go finds the modules of a layer, and what was compiled of several lies together",
      async () => {
        const { guest } = await boot()
        const layers = ["a", "b"].map((letter) => letter.repeat(64))
        for (const [at, layer] of layers.entries()) {
          const content = Buffer.from(`compiled ${at}`)
          await guest.writeFiles([
            { path: `/data/${at}/gocache/0${at}/one-d`, content },
            ...(at === 1 ? [{ path: `/data/${at}/gomod/example.com/x.go`, content }] : []),
          ])
          await guest.unpack(`${layersFolder}/${layer}`, guest.pack(`/data/${at}`))
          await guest.useLayer(layer, "/workspace")
        }
        const said = async (script: string) =>
          String((await guest.exec(["sh", "-c", script], { cwd: "/workspace" })).stdout)
        expect(await said("cat $HOME/.cache/go-build/00/one-d $GOMODCACHE/example.com/x.go")).toBe(
          "compiled 0compiled 1",
        )
        expect(
          await said(
            "cat $HOME/.cache/go-build/01/one-d; echo mine > $HOME/.cache/go-build/00/b; ls .gomod/",
          ),
        ).toBe("compiled 1example.com\n")
        await guest.dropLayers("/workspace")
        expect(await said("echo $GOMODCACHE; ls -A")).toBe("\n")
      },
    )

    fact("a layer's name leads nowhere else", async () => {
      const { guest } = await boot()
      for (const wrong of ["../../etc", "..", "", "A".repeat(64)]) {
        await expect(guest.useLayer(wrong, "/workspace")).rejects.toMatchObject({ code: "outside" })
      }
      await expect(guest.useLayer(name, "/etc")).rejects.toMatchObject({ code: "outside" })
    })
  })
}

const askVersion = `python3 -c "import sys; print('python%d.%d' % sys.version_info[:2])"; :`
const tool = "#!/usr/bin/env python3\nimport one; print('tool', one.words)\n"

const askProgram = `
const answer = await fetch(process.argv[1]).then((it) => it.text(), (error) => error.cause.code)
process.stdout.write(answer.length > 100 ? \`\${answer.length} characters\` : answer)
`

const dialProgram = `
const [host, port] = process.argv.slice(1)
const socket = require("node:net").connect(Number(port), host)
socket.on("error", () => {}).on("data", (bytes) => process.stdout.write(bytes))
`
