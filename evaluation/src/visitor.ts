import { readFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import type { Browser, BrowserContext, Page, Request } from "playwright-core"

/** Whoever tries an app: in one or more profiles of a browser, of which one is looked at. */
export interface Visitor {
  /** the page of the profile in use */
  page(): Page
  /** origin of the app, without a trailing slash */
  origin: string
  /** goes on in the profile of this name, at the app's first page when it is new */
  switchTo(name: string): Promise<void>
  /** opens a path of the app */
  open(path: string): Promise<void>
  /** how long something is waited for, in `ms` */
  patienceMs: number
  /** what was kept of an answer, for `{kept}` */
  kept: string
  /** what the page said before it was last acted on */
  before: string
  /** what is answered when the app asks in a dialog of the browser, the next first */
  dialogAnswers: string[]
  close(): Promise<void>
}

/** Where a visitor goes, and what their browser says of them. */
export interface Visited {
  /** without a trailing slash */
  origin: string
  patienceMs: number
  /** of their browser, as `de` */
  language: string
}

/** An app does not do what was asked, in words about what is on its page. */
export class Failed extends Error {}
/** What a test needs was not there: it says nothing about the app. */
export class Untried extends Error {}

const parts = ["words", "fields", "controls", "forms", "entries", "texts", "drawings"]
const reader = [
  "globalThis.evaluationReader = {};",
  ...parts.map((part) => readFileSync(join(import.meta.dirname, `in-page/${part}.js`), "utf8")),
].join("\n")

/** Opens the app in a fresh profile, as somebody who comes for the first time. */
export async function makeVisitor(browser: Browser, app: Visited): Promise<Visitor> {
  const profiles = new Map<string, { context: BrowserContext; page: Page }>()
  let current: Page | undefined
  const visitor: Visitor = {
    ...{ origin: app.origin, patienceMs: app.patienceMs, kept: "", before: "", dialogAnswers: [] },
    page() {
      if (!current) throw new Error("no profile is open")
      return current
    },
    async switchTo(name) {
      const known = profiles.get(name)
      if (known) {
        current = known.page
        return
      }
      const opened = await openProfile(browser, { visitor, locale: app.language })
      profiles.set(name, opened)
      current = opened.page
      await visitor.open("/")
    },
    async open(path) {
      await visitor.page().goto(`${app.origin}${path}`, { timeout: 20_000 })
      await settle(visitor.page())
    },
    async close() {
      for (const { context } of profiles.values()) await context.close()
    },
  }
  await visitor.switchTo("first")
  return visitor
}

async function openProfile(
  browser: Browser,
  { visitor, locale }: { visitor: Visitor; locale: string },
) {
  const context = await browser.newContext({
    acceptDownloads: true,
    locale,
    reducedMotion: "reduce",
  })
  context.setDefaultTimeout(visitor.patienceMs)
  await context.addInitScript({ content: reader })
  const page = await context.newPage()
  countRequests(page)
  page.on("dialog", (dialog) => {
    const answer = dialog.type() === "prompt" ? (visitor.dialogAnswers.shift() ?? "Probe") : ""
    dialog.accept(answer).catch(() => {})
  })
  return { context, page }
}

/** Requests of pages that have no answer yet. */
const pending = new WeakMap<Page, Set<Request>>()

function countRequests(page: Page): void {
  const open = new Set<Request>()
  pending.set(page, open)
  page.on("request", (request) => {
    // A stream of news never ends, and nobody waits for it.
    if (request.resourceType() !== "eventsource") open.add(request)
  })
  page.on("requestfinished", (request) => open.delete(request))
  page.on("requestfailed", (request) => open.delete(request))
}

/** Waits until a page has asked for nothing more for a moment; one that never rests is taken as it is. */
export async function settle(page: Page): Promise<void> {
  const end = performance.now() + 1500
  for (let calm = 0; calm < 3 && performance.now() < end; ) {
    await sleep(40)
    calm = pending.get(page)?.size === 0 ? calm + 1 : 0
  }
}

/**
 * Looks again and again until there is something.
 *
 * @throws Failed with `why` when there is nothing in time
 */
export async function until<T>(
  visitor: Visitor,
  why: string,
  look: () => Promise<T | null | undefined | false>,
): Promise<T> {
  const end = performance.now() + visitor.patienceMs
  for (;;) {
    // A page that goes elsewhere meanwhile is looked at again.
    const found = await look().catch((error: unknown) => {
      if (error instanceof Failed) throw error
      return undefined
    })
    if (found) return found
    if (performance.now() > end) throw new Failed(why)
    await sleep(120)
  }
}

/** The same with little patience: nothing when there is nothing soon. */
export function soon<T>(
  visitor: Visitor,
  look: () => Promise<T | null | undefined | false>,
): Promise<T | null> {
  return withPatience(visitor, 700, () => until(visitor, "", look)).catch(() => null)
}

/** Does something with another patience, in `ms`. */
export async function withPatience<T>(
  visitor: Visitor,
  patienceMs: number,
  work: () => Promise<T>,
): Promise<T> {
  const before = visitor.patienceMs
  visitor.patienceMs = Math.min(before, patienceMs)
  try {
    return await work()
  } finally {
    visitor.patienceMs = before
  }
}
