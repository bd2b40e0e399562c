import type { Clock } from "@vibecaas/kernel/clock"
import { inTime } from "@vibecaas/kernel/in-time"
import type { BrowserContext, Page } from "playwright-core"
import type { PageToSee, Picture, Seen } from "../browser.ts"
import { stepMsMax, takeStep, whyNot } from "./take-step.ts"
import { type Watch, watch } from "./watch.ts"

/** how long nothing may be asked for before a page counts as ready, and longest wait for that, in `ms` */
const quietMs = 200
const settleMsMax = 3000
/** for each thing that is read off a page, in `ms` */
const readMsMax = 3000
/** tallest part of a page that is photographed, in `px` */
const tallMax = 1800
const pictureBytesMax = 600_000
const treeCharsMax = 20_000

const heightOf = (width: number) => (width < 600 ? 812 : 900)

export interface LookAt {
  /** at which the page's app is reached */
  host: string
  clock: Clock
  wanted: PageToSee
  /** until a page has loaded, in `ms` */
  loadMsMax: number
}

/**
 * Opens a page in a new profile, at one width after the other, and answers what was to be seen; it
 * does not hang with the page. A profile costs more than a page, so one serves all widths, emptied in
 * between. Ends early, behind a page that did not load or a profile that could not be emptied.
 */
export async function lookAt(context: BrowserContext, at: LookAt): Promise<Seen[]> {
  context.setDefaultTimeout(stepMsMax)
  const all: Seen[] = []
  for (const width of at.wanted.widths) {
    if (all.length > 0 && !(await emptied(context, at))) break
    const seen = await lookAtOne(context, at, width)
    all.push(seen)
    if (seen.notLoaded !== undefined) break
  }
  return all
}

/** Nothing of earlier tabs runs any more, and nothing that they kept is left. */
async function emptied(context: BrowserContext, { host }: LookAt): Promise<boolean> {
  try {
    for (const page of context.pages()) await page.goto("about:blank")
    const [blank] = context.pages()
    if (!blank) return false
    const browser = await context.newCDPSession(blank)
    const origin = `http://${host}`
    await Promise.all([
      context.clearCookies(),
      browser.send("Storage.clearDataForOrigin", { origin, storageTypes: "all" }),
      browser.send("Network.clearBrowserCache"),
    ])
    return true
  } catch {
    return false
  }
}

async function lookAtOne(context: BrowserContext, at: LookAt, width: number): Promise<Seen> {
  const { host, clock, wanted, loadMsMax } = at
  const now = () => clock.now().getTime()
  const { path, steps, cookies } = wanted
  const url = `http://${host}`
  await context.addCookies(Object.entries(cookies).map(([name, value]) => ({ name, value, url })))
  const page = await context.newPage()
  await page.setViewportSize({ width, height: heightOf(width) })
  const seen = watch(page, host, now)
  const came = await open(page, url + path, { host, seen, loadMsMax })
  if (came.notLoaded === undefined) await settle(seen, clock)
  let stepFailed: string | undefined
  for (const [at, step] of steps.entries()) {
    try {
      await takeStep(page, step)
      await settle(seen, clock)
    } catch (error) {
      stepFailed = `Step ${at + 1} (${step.do}): ${seen.plain(whyNot(error))}`
      break
    }
  }
  const read = await readOff(page, { context, clock, wanted, width })
  const { pending: _, changedAt: __, plain, crashed, ...heard } = seen
  const own = URL.parse(page.url())?.host === host
  return {
    ...{ ...heard, ...came, ...read, url: own ? plain(page.url()) || "/" : page.url() },
    ...(crashed ? { notLoaded: "The page made the browser's tab crash." } : {}),
    ...(stepFailed === undefined ? {} : { stepFailed }),
  }
}

async function open(
  page: Page,
  url: string,
  { host, seen, loadMsMax }: Pick<LookAt, "host" | "loadMsMax"> & { seen: Watch },
): Promise<Pick<Seen, "status" | "notLoaded">> {
  try {
    const answer = await page.goto(url, { timeout: loadMsMax, waitUntil: "load" })
    return { status: answer?.status() ?? null }
  } catch (error) {
    const led = seen.failedRequests.find(
      ({ url }) => URL.parse(url) && URL.parse(url)?.host !== host,
    )
    const why = whyNot(error)
    const timedOut = /Timeout \d+ms exceeded/.test(why)
    const notLoaded = timedOut
      ? `The page did not end loading within ${loadMsMax / 1000} s.`
      : led
        ? `The page led to another host: ${led.url}. Only the app itself can be reached.`
        : `The page did not come: ${seen.plain(why.split("\n")[0] ?? "")}`
    return { status: null, notLoaded }
  }
}

/** Waits until nothing was asked for during a while. */
async function settle(seen: Watch, clock: Clock): Promise<void> {
  const until = clock.now().getTime() + settleMsMax
  for (;;) {
    const now = clock.now().getTime()
    const quiet = seen.pending.size === 0 && now - seen.changedAt >= quietMs
    if (quiet || now >= until) return
    await clock.sleep(40)
  }
}

interface Reading {
  context: BrowserContext
  clock: Clock
  wanted: PageToSee
  width: number
}

/** A page that hangs answers nothing: then there is little to read. */
async function readOff(page: Page, { context, clock, wanted, width }: Reading) {
  const read = <T>(what: () => Promise<T>, otherwise: T) =>
    inTime<T>(
      { clock, ms: readMsMax },
      what().catch(() => otherwise),
      () => otherwise,
    )
  const [title, measured, tree, cookies] = await Promise.all([
    read(() => page.title(), ""),
    read(() => page.evaluate<Measured>(measure), { blank: false, scrollsSidewaysBy: 0, height: 0 }),
    wanted.withTree
      ? read(() => page.locator("body").ariaSnapshot({ timeout: readMsMax }), "")
      : "",
    read(() => context.cookies(), []),
  ])
  const { height, ...rest } = measured
  const picture =
    height > 0 ? await read(() => photograph(page, { width, height }), undefined) : undefined
  return {
    ...{ ...rest, title: title.slice(0, 300), tree: tree.slice(0, treeCharsMax) },
    cookies: Object.fromEntries(cookies.map(({ name, value }) => [name, value])),
    ...(picture ? { picture } : {}),
  }
}

/** Runs in the page. Text that is hidden is none to see. */
const measure = `(() => {
  const { documentElement: root, body } = document
  const shown = body?.querySelector("img, svg, canvas, video, iframe, input, button, textarea")
  return {
    blank: !shown && (body?.innerText ?? "").trim() === "",
    scrollsSidewaysBy: Math.max(0, root.scrollWidth - root.clientWidth),
    height: Math.max(root.scrollHeight, root.clientHeight),
  }
})()`
interface Measured {
  blank: boolean
  scrollsSidewaysBy: number
  height: number
}

async function photograph(
  page: Page,
  { width, height: whole }: { width: number; height: number },
): Promise<Picture | undefined> {
  const height = Math.min(whole, tallMax)
  const clip = { x: 0, y: 0, width, height }
  for (const quality of [80, 40]) {
    const options = { type: "jpeg", quality, fullPage: true, clip, animations: "disabled" } as const
    const bytes = await page.screenshot({ ...options, timeout: readMsMax })
    if (bytes.length <= pictureBytesMax) return { bytes, width, height }
  }
  return undefined
}
