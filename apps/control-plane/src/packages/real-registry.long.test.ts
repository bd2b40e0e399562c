import { systemClock } from "@vibecaas/kernel/clock"
import { makeNewId } from "@vibecaas/kernel/id"
import { run } from "@vibecaas/kernel/spawn"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { anySignal, type PackageWorld, packageWorld } from "./testing/package-world.ts"

/** The registry that npm is set up to use here; nothing when it does not answer. */
async function reachable(): Promise<string | undefined> {
  const { stdout } = await run("npm", ["config", "get", "registry"])
  const base = String(stdout).trim()
  const answer = await fetch(new URL("is-number", base), { signal: AbortSignal.timeout(10_000) })
  return answer.ok ? base : undefined
}
const registry = await reachable().catch(() => undefined)
const reason =
  registry === undefined ? " [skipped: no registry of packages is reached from here]" : ""

describe.skipIf(registry === undefined)(`a real registry${reason}`, () => {
  let world: PackageWorld
  beforeAll(async () => {
    world = await packageWorld(registry ?? "")
  })
  afterAll(() => world?.close())

  test("a React app is installed, built with Vite and served in a small machine", async () => {
    const projectId = makeNewId(systemClock)("prj")
    const install = (add: string[], dev: boolean, commit: string) =>
      world.packages.change(
        { projectId, commit },
        { add, remove: [], dev, signal: anySignal, print: () => {} },
      )
    const push = (files: Record<string, string>) => world.push(projectId, files)
    let commit = await push(sources)
    commit = await push((await install(["react@19", "react-dom@19"], false, commit)).files)
    commit = await push((await install(["vite@7", "@vitejs/plugin-react@5"], true, commit)).files)
    const of = { projectId, commit }
    await world.packages.prepare(of, anySignal)

    const guest = await world.machine()
    await guest.writeFiles([{ path: "/tmp/app/server.mjs", content: Buffer.from(server) }])
    await world.packages.use(guest, { ...of, folder: "/tmp/app", built: true })
    const port = 3000
    await guest.startApp({ argv: ["node", "server.mjs"], cwd: "/tmp/app", env: {}, port })
    const ask = async (path: string) => {
      const program = `fetch("http://127.0.0.1:${port}${path}").then(async (it) => console.log(await it.text()), (error) => console.log(String(error.cause)))`
      return String((await guest.exec(["node", "-e", program])).stdout)
    }
    await expect.poll(() => ask("/"), { timeout: 20_000 }).toContain('<div id="root">')
    const [, script = ""] = /src="([^"]+\.js)"/.exec(await ask("/")) ?? []
    expect(await ask(script)).toContain("Hello from React")
    expect(await ask("/rendered")).toContain("<p>on the server</p>")
  }, 600_000)
})

const server = `
import { createServer } from "node:http"
import { readFile } from "node:fs/promises"
import { createElement } from "react"
import { renderToString } from "react-dom/server"
createServer(async (request, response) => {
  if (request.url === "/rendered") return response.end(renderToString(createElement("p", null, "on the server")))
  const path = request.url === "/" ? "/index.html" : request.url
  response.end(await readFile("dist" + path).catch(() => "nothing"))
}).listen(process.env.PORT)
`

const sources = {
  "package.json": JSON.stringify({
    name: "hello",
    private: true,
    type: "module",
    scripts: { build: "vite build", start: "node server.mjs" },
  }),
  "index.html": `<!doctype html><html><body><div id="root"></div><script type="module" src="/src/main.jsx"></script></body></html>`,
  "vite.config.js": `import react from "@vitejs/plugin-react"\nexport default { plugins: [react()] }\n`,
  "src/main.jsx": `import { createRoot } from "react-dom/client"\ncreateRoot(document.getElementById("root")).render(<h1>Hello from React</h1>)\n`,
  "server.mjs": server,
}
