import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { WebSocket } from "ws"
import type { MachineWorld } from "./testing/machine-world.ts"
import { draftWithPackages, npmHere, whyNoNpm, worldWithNpm } from "./testing/npm-here.ts"

const registry = await npmHere()
const reason = registry === undefined ? whyNoNpm : ""

const files = {
  "package.json": JSON.stringify({
    ...{ private: true, type: "module" },
    scripts: { dev: "vite", build: "vite build", start: "node server.js" },
  }),
  "index.html": '<!doctype html><p id="shown"></p><script type="module" src="/main.js"></script>',
  "main.js": mainWith("one"),
  "server.js": `import { createServer } from "node:http"
import { readFileSync } from "node:fs"
createServer((_, response) => response.setHeader("content-type", "text/html").end(readFileSync("dist/index.html"))).listen(process.env.PORT)
`,
}
function mainWith(text: string): string {
  return `document.querySelector("#shown").textContent = "${text}"\nimport.meta.hot?.accept()\n`
}

describe.skipIf(registry === undefined)(`a real Vite${reason}`, () => {
  let world: MachineWorld
  beforeAll(async () => {
    world = await worldWithNpm(registry)
  })
  afterAll(() => world?.close())

  test("its dev server in a draft tells pages of a commit by its own WebSocket, and only members", async () => {
    const draft = await draftWithPackages(world, "Vite", { files, add: ["vite@7"] })
    const { id, session, commit, follow, label, cookie } = draft
    expect(await session.startApp(commit)).toMatchObject({ running: true })
    await follow()
    const get = (path: string) =>
      world.get(label, path, { headers: { cookie, accept: "text/html" } })
    const page = async () => (await get("/")).body
    await expect.poll(page, { timeout: 30_000 }).toContain("/@vite/client")
    expect(await page()).toContain("/.vibecaas/reload.js")
    await world.get(label, "/main.js", { headers: { cookie } })
    const { body: client } = await world.get(label, "/@vite/client", { headers: { cookie } })
    const token = /wsToken = "([\w-]+)"/.exec(client)?.[1] ?? ""
    const dial = (headers: Record<string, string>) =>
      new WebSocket(`ws://127.0.0.1:${world.server.port}/?token=${token}`, "vite-hmr", {
        headers: { host: `${label}.preview.localhost`, ...headers },
      })
    const refused = (headers: Record<string, string>) =>
      new Promise((resolve) => dial(headers).once("error", ({ message }) => resolve(message)))
    expect(await refused({})).toContain("401")
    expect(await refused({ cookie, origin: "http://other.example" })).toContain("401")
    const heard: { type: string; updates?: { path: string }[] }[] = []
    const socket = dial({ cookie, origin: `http://${label}.preview.localhost` })
    socket.on("message", (text) => heard.push(JSON.parse(String(text))))
    await expect
      .poll(() => heard.map(({ type }) => type), { timeout: 10_000 })
      .toContain("connected")
    await world.push(id, { "main.js": mainWith("two") })
    await follow()
    const updated = () => heard.flatMap(({ updates = [] }) => updates.map(({ path }) => path))
    await expect.poll(updated, { timeout: 10_000 }).toEqual(["/main.js"])
    expect((await world.get(label, "/main.js", { headers: { cookie } })).body).toContain('"two"')
    socket.terminate()
  }, 300_000)
})
