import { fault, isFault } from "@vibecaas/kernel/fault"
import { inTime } from "@vibecaas/kernel/in-time"
import type { Browser, PageToSee, Seen } from "../browser.ts"
import { type KeepOptions, keepEngine } from "./keep-engine.ts"
import { lookAt } from "./look-at.ts"
import { makeSeats } from "./seats.ts"

export interface ChromiumOptions extends KeepOptions {
  /** until a page has loaded, in `ms` */
  loadMsMax: number
}

/** one look from beginning to end, in `ms`: a page may take ten steps */
const lookMsMax = 120_000
const closeMsMax = 15_000
const looksAtOnce = 4

/**
 * One Chromium for all looks, each page in a profile of its own. It is started when somebody wants to
 * look, ended when nobody did for a while, and started anew when it died or hangs.
 */
export function makeChromium(options: ChromiumOptions): Browser {
  const { clock, log } = options
  const seats = makeSeats(looksAtOnce)
  const { running, end, endWhenIdle } = keepEngine(options)

  /** What a page that does not load leaves behind is not there for its other widths. */
  async function lookAtAll(page: PageToSee): Promise<Seen[]> {
    const seen: Seen[] = []
    while (seen.length < page.widths.length) {
      seen.push(...(await lookOnce({ ...page, widths: page.widths.slice(seen.length) })))
    }
    return seen
  }
  async function lookOnce(page: PageToSee): Promise<Seen[]> {
    const { browser, proxy, kill } = await running()
    const app = proxy.open(page.connect)
    const context = await browser.newContext(contextOf(page))
    const given = { host: app.host, clock, wanted: page, loadMsMax: options.loadMsMax }
    const late = () => {
      kill()
      throw failed("It took too long to look at the page.")
    }
    try {
      return await inTime({ clock, ms: lookMsMax }, orAborted(page, lookAt(context, given)), late)
    } finally {
      // What was seen is not held up by a tab that hangs.
      void inTime(
        { clock, ms: closeMsMax },
        context.close().catch(() => {}),
        kill,
      ).then(app.end)
    }
  }
  return {
    async look(page) {
      const leave = await seats.take()
      try {
        page.signal.throwIfAborted()
        return await lookAtAll(page).catch((error: unknown) => {
          page.signal.throwIfAborted()
          if (isFault(error)) throw error
          // What another page did to the browser is not this one's fault.
          log.warn({ err: error }, "the browser failed; the look is tried again")
          return lookAtAll(page)
        })
      } catch (error) {
        page.signal.throwIfAborted()
        throw isFault(error) ? error : failed("The browser ended while it looked.", error)
      } finally {
        leave()
        if (seats.taken() === 0) endWhenIdle()
      }
    },
    warm() {
      running().then(
        () => {
          if (seats.taken() === 0) endWhenIdle()
        },
        () => {},
      )
    },
    close: end,
  }
}

const contextOf = ({ scheme }: PageToSee) => ({
  ...{ colorScheme: scheme, locale: "en-US" },
  ...{ reducedMotion: "reduce" as const, acceptDownloads: false },
})

/** A browser may leave hanging what is under way when a profile is closed. */
function orAborted<T>({ signal }: PageToSee, work: Promise<T>): Promise<T> {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true })
  })
  return Promise.race([work, aborted])
}

const failed = (say: string, cause?: unknown) =>
  fault("browser_failed", { say, retryable: true, cause })
