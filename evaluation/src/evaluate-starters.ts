import { setTimeout as sleep } from "node:timers/promises"
import type { Call } from "@vibecaas/contract/client"
import type { Project } from "@vibecaas/contract/kinds/projects"
import type { Browser } from "playwright-core"
import { removeProject } from "./ask-platform.ts"

/** What a project that begins with a starter looks like when it has come up. */
export interface StarterScore {
  id: string
  /** its first page came, with words on it, without an error, and fits on a phone */
  opens: boolean
  why: string | null
  /** from the project that was made to the running app, in `s` */
  seconds: number
}

interface World {
  call: Call
  browser: Browser
}

/** Ids of all starters, in the order of the list. */
export async function listStarters(call: Call): Promise<string[]> {
  const ids: string[] = []
  let cursor: string | undefined
  do {
    const page = await call("GET /starters", {
      query: { limit: 50, ...(cursor ? { cursor } : {}) },
    })
    ids.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  return ids
}

/** Begins a project with a starter as it is, looks at its first page, and takes it away again. */
export async function evaluateStarter(world: World, id: string): Promise<StarterScore> {
  const project = await world.call("POST /projects", {
    body: { name: `Tried ${id}`.slice(0, 60), starter: { id }, preview: "public" },
  })
  const began = performance.now()
  try {
    const broken = await untilRunning(world.call, project.id)
    const seconds = (performance.now() - began) / 1000
    const why = broken ?? (await lookAt(world.browser, project.previewUrl))
    return { id, opens: why === null, why, seconds }
  } finally {
    await removeProject(world.call, project)
  }
}

/** Why it does not come up; null once it runs. The first with its packages may wait minutes for a cold registry. */
async function untilRunning(call: Call, projectId: Project["id"]): Promise<string | null> {
  for (let tries = 0; tries < 2400; tries++) {
    const { state, stateDetail } = await call("GET /projects/{projectId}", {
      params: { projectId },
    })
    if (state === "running") return null
    if (state === "crashed" || state === "failed") return `it has ${state}: ${stateDetail ?? ""}`
    await sleep(250)
  }
  return "it did not come up in time"
}

/** What is wrong with the first page, on a phone; null when nothing is. */
async function lookAt(browser: Browser, url: string): Promise<string | null> {
  const context = await browser.newContext({ viewport: { width: 375, height: 812 } })
  try {
    const page = await context.newPage()
    const errors: string[] = []
    page.on("pageerror", (error) => errors.push(error.message))
    const answer = await page.goto(url, { waitUntil: "load" })
    if (!answer?.ok()) return `its first page answers ${answer?.status() ?? "nothing"}`
    await sleep(500)
    if (errors.length > 0) return `an error on its first page: ${errors[0]}`
    const [words = ""] = await page.locator("body").allInnerTexts()
    if (words.trim() === "") return "its first page shows no words"
    const tooWide = await page
      .locator("html")
      .evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)
    return tooWide > 1 ? `its first page is ${tooWide} px too wide for a phone` : null
  } catch (error) {
    return error instanceof Error ? (error.message.split("\n")[0] ?? null) : String(error)
  } finally {
    await context.close()
  }
}
