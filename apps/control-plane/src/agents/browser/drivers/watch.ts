import type { Page, Request } from "playwright-core"
import type { Seen } from "../browser.ts"
import { isWrong } from "../troubles.ts"

/** What a page says and asks for while somebody looks. */
export interface Watch extends Pick<Seen, "console" | "errors" | "failedRequests" | "dialogs"> {
  /** its renderer died */
  crashed: boolean
  /** requests whose answers are still to come, streams without an end aside */
  pending: ReadonlySet<unknown>
  /** when one of them began or ended last, in `ms` */
  changedAt: number
  /** a text with the app's own addresses as paths */
  plain(text: string): string
}

const listMax = 30
const textCharsMax = 400

/** What never ends is not waited for. */
const endless = /^(eventsource|websocket|ping|media|manifest)$/

/** @param host at which the page's own app is reached: any other is refused */
export function watch(page: Page, host: string, now: () => number): Watch {
  const pending = new Set<Request>()
  const plain = (text: string) =>
    text.replaceAll(`http://${host}`, "").replaceAll(host, "localhost")
  const seen: Watch = {
    ...{ console: [], errors: [], failedRequests: [], dialogs: [] },
    ...{ crashed: false, pending, changedAt: now(), plain },
  }
  const add = <T>(list: T[], each: T) => {
    if (list.length < listMax) list.push(each)
  }
  const words = (text: string) => plain(text).slice(0, textCharsMax)
  const ended = (request: Request) => {
    pending.delete(request)
    seen.changedAt = now()
  }
  const isForeign = (request: Request) => {
    const url = URL.parse(request.url())
    return url !== null && url.host !== host && /^(http|ws)s?:$/.test(url.protocol)
  }
  const failed = (request: Request, why: string) => {
    const said = isForeign(request) ? "another host: only the app itself can be reached" : why
    add(seen.failedRequests, { method: request.method(), url: words(request.url()), why: said })
  }
  page.on("request", (request) => {
    if (!endless.test(request.resourceType())) pending.add(request)
    seen.changedAt = now()
  })
  page.on("requestfinished", ended)
  page.on("requestfailed", (request) => {
    ended(request)
    const why = request.failure()?.errorText ?? "it failed"
    // The page itself gave it up, as it does when it leads elsewhere.
    if (why !== "net::ERR_ABORTED") failed(request, why)
  })
  page.on("response", (response) => {
    const request = response.request()
    // The page itself is judged by its status alone.
    const itself = request.isNavigationRequest() && request.frame() === page.mainFrame()
    if (!itself && (isWrong(response.status()) || isForeign(request)))
      failed(request, `it answered ${response.status()}`)
  })
  page.on("console", (message) => {
    // Told with the request that failed.
    if (message.text().startsWith("Failed to load resource")) return
    add(seen.console, { level: message.type(), text: words(message.text()) })
  })
  page.on("pageerror", (error) => {
    const [said = "", at = ""] = (error.stack ?? String(error)).split("\n")
    add(seen.errors, words(`${said} ${at.trim()}`.trim()))
  })
  page.on("dialog", (dialog) => {
    add(seen.dialogs, words(`${dialog.type()}: ${dialog.message()}`))
    dialog.dismiss().catch(() => {})
  })
  page.on("popup", (popup) => {
    popup.close().catch(() => {})
  })
  page.on("crash", () => {
    seen.crashed = true
  })
  return seen
}
