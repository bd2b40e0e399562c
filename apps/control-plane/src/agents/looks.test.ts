import { systemClock } from "@vibecaas/kernel/clock"
import { silentLog } from "@vibecaas/kernel/log"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { Browser } from "./browser/browser.ts"
import { makeChromium } from "./browser/drivers/chromium.ts"
import { findChromium } from "./browser/drivers/find-chromium.ts"
import { noBrowser } from "./browser/no-browser.ts"
import { readPicture } from "./read-picture.ts"
import { type AgentsWorld, agentsWorld } from "./testing/agents-world.ts"
import { oneTask } from "./testing/one-task.ts"
import { type Said, type Seen, scriptedModels } from "./testing/scripted-model.ts"

let chromium: Browser
let world: AgentsWorld
/** the same without a browser */
let blind: AgentsWorld
const scripts = new Map<string, (seen: Seen) => Said>()
const script = (seen: Seen) => scripts.get(seen.goal)?.(seen) ?? { text: "Done." }

beforeAll(async () => {
  const nodePath = process.execPath
  const program = findChromium() ?? ""
  const parts = { program, nodePath, clock: systemClock, log: silentLog }
  chromium = makeChromium({ ...parts, idleMs: 60_000, loadMsMax: 5000 })
  const { for: entryOf } = scriptedModels(script)
  // A script that is taken for a model that sees is shown pictures.
  const info = { provider: "anthropic", model: "claude-sonnet-4-5", simulated: true, label: "It" }
  const models = { for: (role: Seen["role"]) => ({ ...entryOf(role), info }) }
  world = await agentsWorld({ models, browser: chromium })
  blind = await agentsWorld({
    models: scriptedModels(script),
    browser: noBrowser("Chromium is not installed on the server."),
  })
})
afterAll(async () => {
  for (const each of [world, blind]) await each.close()
  await chromium.close()
})

const call = (name: string, input: object) => ({ name, input })
const server = (page: string) =>
  call("write_file", {
    path: "server.js",
    content: `import { createServer } from "node:http"
process.stdin.on("end", () => process.exit()).resume()
createServer((_, answer) => {
  answer.setHeader("content-type", "text/html")
  answer.end(${JSON.stringify(`<!doctype html><title>Shelf</title><h1>Hello</h1>${page}`)})
}).listen(Number(process.env.PORT), "127.0.0.1")
`,
  })
const breaksWhenNarrow = "<script>if (innerWidth < 400) menu.open()</script>"
const planned = oneTask({ kind: "page", path: "/", contains: "Hello" })

async function ended(at: AgentsWorld, goal: string, answer: (seen: Seen) => Said) {
  scripts.set(goal, (seen) => (seen.role === "planning" ? planned : answer(seen)))
  const { runId } = await at.ask(goal)
  await at.settle()
  const run = await at.run(runId)
  const looks = (await at.steps(runId)).filter(({ name }) => name === "browser")
  const { state, evidence } = run.tasks.at(-1) ?? {}
  return { runId, state, evidence, looks }
}

test("a page that breaks on narrow screens goes back to its builder, and is done when it is mended", async () => {
  let told = ""
  const { state, evidence, looks, runId } = await ended(world, "narrow", (seen) => {
    if (seen.answers === 0) return { calls: [server(breaksWhenNarrow)] }
    if (!seen.told) return { text: "Done." }
    told = seen.told
    return { calls: [server("")] }
  })
  expect(told).toMatch(/does not load as it should.*\/ at 375 px:.*menu is not defined/s)
  expect(told).not.toContain("1440 px:")
  expect(state).toBe("succeeded")
  expect(evidence).toContain("Loaded in a browser: /, 375 and 1440 px wide, without errors.")
  expect(looks.map(({ ok }) => ok)).toEqual([false, true])
  const [, picture = ""] = /"name":"(\w{64})"/.exec(JSON.stringify(looks[1]?.output)) ?? []
  const file = await world.act((ctx) => readPicture(ctx, world.pictures, { runId, picture }))
  expect(file.bytes).toBeGreaterThan(1000)
})

test("a page that nobody could look at is told as that", async () => {
  const { state, evidence, looks } = await ended(blind, "blind", ({ answers }) =>
    answers === 0 ? { calls: [server(breaksWhenNarrow)] } : { text: "Done." },
  )
  expect(state).toBe("succeeded")
  expect(evidence).toContain("Nobody looked at the page in a browser. Chromium is not installed")
  expect(looks).toMatchObject([{ ok: false, title: expect.stringMatching(/^did not look/) }])
})

test("a model that sees gets a picture of the page, one that does not gets words", async () => {
  const shown: string[] = []
  const looking = ({ answers, results }: Seen): Said => {
    if (answers === 0) {
      const look = call("look_at_page", { path: "/", width: 375, scheme: "dark" })
      return { calls: [server(""), call("start_app", {}), look] }
    }
    shown.push(results)
    return { text: "Done." }
  }
  await ended(world, "look", looking)
  await ended(blind, "look without", looking)
  expect(shown[0]).toMatch(/heading \\\\*"Hello\\\\*"/)
  expect(shown[0]).toContain('"mediaType":"image/jpeg"')
  expect(shown[1]).toContain("Chromium is not installed")
})
