import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { WebSocket } from "ws"
import type { MachineWorld } from "./testing/machine-world.ts"
import { draftWithPackages, npmHere, whyNoNpm, worldWithNpm } from "./testing/npm-here.ts"

const registry = await npmHere()
const reason = registry === undefined ? whyNoNpm : ""

const files = {
  "package.json": JSON.stringify({
    ...{ private: true, type: "module" },
    scripts: {
      dev: "next dev --webpack",
      build: "next build --webpack",
      start: "next start",
    },
  }),
  "next.config.js": "export default { allowedDevOrigins: [process.env.DEV_HOST] }\n",
  "app/layout.js":
    'export default function Layout({ children }) { return <html lang="en"><body>{children}</body></html> }\n',
  "app/page.js":
    'import { Shown } from "./shown.js"\nexport const dynamic = "force-dynamic"\nexport default function Page() { return <Shown /> }\n',
  "app/shown.js": shownWith("one"),
}
function shownWith(text: string): string {
  return `"use client"\nexport function Shown() { return <p id="shown">${text}</p> }\n`
}

describe.skipIf(registry === undefined)(`a real Next.js${reason}`, () => {
  let world: MachineWorld
  beforeAll(async () => {
    world = await worldWithNpm(registry)
  })
  afterAll(() => world?.close())

  test("its dev server in a draft tells pages of a commit by its own WebSocket, and only members", async () => {
    const add = ["next@16", "react@19", "react-dom@19"]
    const draft = await draftWithPackages(world, "Next", { files, add })
    const { id, session, commit, follow, label, cookie } = draft
    expect(await session.startApp(commit)).toMatchObject({ running: true })
    await follow()
    const origin = `http://${label}.preview.localhost`
    const get = (path: string) =>
      world.get(label, path, { headers: { cookie, accept: "text/html" } })
    const page = async () => (await get("/")).body
    await expect.poll(page, { timeout: 120_000 }).toContain('id="shown">one<')
    expect(await page()).toContain("/.vibecaas/reload.js")
    const dial = (headers: Record<string, string>) =>
      new WebSocket(`ws://127.0.0.1:${world.server.port}/_next/hmr`, {
        headers: { host: `${label}.preview.localhost`, ...headers },
      })
    const refused = (headers: Record<string, string>) =>
      new Promise((resolve) => dial(headers).once("error", ({ message }) => resolve(message)))
    expect(await refused({})).toContain("401")
    expect(await refused({ cookie, origin: "http://other.example" })).toContain("401")
    const heard: { type?: string; hash?: string }[] = []
    const socket = dial({ cookie, origin })
    socket.on("message", (text, isBinary) => {
      if (!isBinary) heard.push(JSON.parse(String(text)))
    })
    const told = () => heard.map(({ type }) => type)
    await expect.poll(told, { timeout: 30_000 }).toContain("sync")
    const before = heard.length
    await world.push(id, { "app/shown.js": shownWith("two") })
    await follow()
    await expect.poll(() => told().slice(before), { timeout: 60_000 }).toContain("built")
    await expect.poll(page, { timeout: 60_000 }).toContain('id="shown">two<')
    socket.terminate()
  }, 600_000)
})
