import { setTimeout as sleep } from "node:timers/promises"
import type { Call } from "@vibecaas/contract/client"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { type BrowserContext, chromium, type Page } from "playwright-core"
import { ms, printTable, printTarget, quantile } from "./figures.ts"
import { startBenchPlatform } from "./platform.ts"
import { signIn } from "./visitor.ts"
import { followingDraft, startWaitingModels } from "./waiting-run.ts"

const edits = 40
const targetMs = 300

/** What is edited, one after the other: each makes a file in which `#shown` looks another way. */
interface Edited {
  /** what it is, for people */
  name: string
  path: string
  content(n: number): string
  shows: "text" | "colour"
}

/** From a person's edit, sent to the API, to its pixel in the preview of a draft. */
export async function benchEdit(): Promise<void> {
  const models = await startWaitingModels()
  const { VIBECAAS_REGISTRY_NPM: registry } = process.env
  const platform = await startBenchPlatform({
    env: { ...models.env, ...(registry ? { VIBECAAS_REGISTRY_NPM: registry } : {}) },
  })
  const browser = await chromium.launch({
    ...{ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] },
  })
  try {
    const call = await signIn(platform)
    const results: Result[] = []
    const subjects = [smallApp, ...bundled.map((app) => (call: Call) => bundledApp(call, app))]
    for (const make of subjects) {
      const context = await browser.newContext()
      results.push(...(await measure(call, context, await make(call))))
      await context.close()
    }
    print(results)
  } finally {
    await browser.close()
    await platform.stop()
    await models.close()
  }
}

interface Subject {
  name: string
  project: Project
  edited: Edited[]
}

interface Result {
  name: string
  times: number[]
}

async function measure(
  call: Call,
  context: BrowserContext,
  { name, project, edited }: Subject,
): Promise<Result[]> {
  const params = { projectId: project.id }
  const { draftOf } = await followingDraft(call, project.id)
  const { url } = await call("POST /projects/{projectId}/preview-links", {
    ...{ params, body: { draftOf } },
  })
  const page = await context.newPage()
  const pixels = await watchPixels(page)
  await page.goto(url)
  // Until its dev server answers, a page of ours is there.
  await page.locator("#shown, #root, #content").first().waitFor({ timeout: 600_000 })
  const results: Result[] = []
  for (const { path, content, shows, ...what } of edited) {
    const times: number[] = []
    for (let n = 1; n <= edits; n++) {
      const sentAt = Date.now()
      await call("POST /projects/{projectId}/commits", {
        ...{ params, body: { message: `Edit ${n}`, changes: [{ path, content: content(n) }] } },
      })
      const seenAt = await pixels.seen(shows === "text" ? `text ${n}` : `colour rgb(${n}, 0, 0)`)
      // The first one brings what is to be looked at, and finds a bundler that has hardly begun.
      if (n > 1) times.push(seenAt - sentAt)
      await sleep(300)
    }
    results.push({ name: `${name}: ${what.name}`, times })
  }
  // Only a few runs may be at work at once.
  await call("POST /agents/runs/{runId}/cancel", { params: { runId: draftOf } })
  return results
}

/** Runs in the page: looks at each frame. The one after that in which something is there is painted with it. */
const watching = `
let [text, colour] = ["", ""]
const tell = (look) => requestAnimationFrame(() => window.painted(look, Date.now()))
const look = () => {
  const shown = document.querySelector("#shown")
  if (shown) {
    const now = [shown.textContent, getComputedStyle(shown).color]
    if (now[0] !== text) tell("text " + now[0])
    if (now[1] !== colour) tell("colour " + now[1])
    ;[text, colour] = now
  }
  requestAnimationFrame(look)
}
requestAnimationFrame(look)
`

/** When each look of `#shown` was painted first, by the page's own clock, which is ours. */
async function watchPixels(page: Page) {
  const painted = new Map<string, number>()
  await page.exposeFunction("painted", (look: string, at: number) => {
    if (!painted.has(look)) painted.set(look, at)
  })
  await page.addInitScript({ content: watching })
  return {
    async seen(look: string): Promise<number> {
      for (let tries = 0; tries < 12_000; tries++) {
        const at = painted.get(look)
        if (at !== undefined) {
          painted.clear()
          return at
        }
        await sleep(5)
      }
      throw new Error(`the page never showed ${look}: ${await page.content()}`)
    },
  }
}

/** A server of one file that reads a style sheet for each page: no packages, no bundler. */
async function smallApp(call: Call): Promise<Subject> {
  const server = (n: number) => `const { createServer } = require("node:http")
const { readFileSync } = require("node:fs")
createServer((request, response) => {
  response.setHeader("content-type", "text/html; charset=utf-8")
  response.end("<!doctype html><style>" + readFileSync("style.css") + "</style><p id=shown>${n}</p>")
}).listen(process.env.PORT)
`
  const style = (n: number) => `#shown { color: rgb(${n}, 0, 0) }\n`
  const project = await call("POST /projects", { body: { name: "Small", preview: "private" } })
  const changes = [
    { path: "server.js", content: server(0) },
    { path: "style.css", content: style(0) },
  ]
  const params = { projectId: project.id }
  await call("POST /projects/{projectId}/commits", { params, body: { message: "Begin", changes } })
  await call("POST /projects/{projectId}/apps", { params, body: {} })
  const edited: Edited[] = [
    { name: "server.js", path: "server.js", content: server, shows: "text" },
    { name: "style sheet", path: "style.css", content: style, shows: "colour" },
  ]
  return { name: "without a bundler", project, edited }
}

/** A starter of the platform by its dev server. */
interface Bundled {
  name: string
  starter: string
  component: { path: string; after: string }
  styles: string
}

const bundled: readonly Bundled[] = [
  {
    ...{ name: "React and Vite", starter: "react-vite" },
    ...{ component: { path: "src/app.tsx", after: "<main>" }, styles: "src/styles.css" },
  },
  {
    ...{ name: "Next.js", starter: "next-app" },
    component: { path: "app/page.tsx", after: '<div className="hero">' },
    styles: "app/wiki.css",
  },
]

async function bundledApp(
  call: Call,
  { name, starter, component, styles }: Bundled,
): Promise<Subject> {
  const project = await call("POST /projects", {
    body: { name, preview: "private", starter: { id: starter, parameters: {} } },
  })
  const params = { projectId: project.id }
  const text = async (path: string) =>
    (await call("GET /projects/{projectId}/file", { params, query: { path } })).content
  const [source, sheet] = [await text(component.path), await text(styles)]
  const { after } = component
  const edited: Edited[] = [
    {
      ...{ name: "component", path: component.path, shows: "text" },
      content: (n) => source.replace(after, `${after}<p id="shown">{"${n}"}</p>`),
    },
    {
      ...{ name: "style sheet", path: styles, shows: "colour" },
      content: (n) => `${sheet}\n#shown { color: rgb(${n}, 0, 0) }\n`,
    },
  ]
  return { name, project, edited }
}

function print(results: readonly Result[]): void {
  printTable(`from an edit to its pixel, ${edits - 1} each`, [
    ["", "min", "p50", "p95", "max"],
    ...results.map(({ name, times }) => [
      name,
      ...[0, 0.5, 0.95, 1].map((share) => ms(quantile(times, share))),
    ]),
  ])
  for (const { name, times } of results) {
    printTarget(`${name}: p95 at most ${targetMs} ms`, quantile(times, 0.95) <= targetMs)
  }
}
