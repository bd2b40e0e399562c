import { reloadPath, startsPath } from "../core/own-paths.ts"
import type { Exchange, GatewayParts } from "./exchange.ts"
import { refuse } from "./refuse.ts"
import type { Site } from "./site.ts"

/** Answers the script and, for as long as the page is open, the starts. */
export async function answerReload(parts: GatewayParts, exchange: Exchange): Promise<boolean> {
  const { request, response, site } = exchange
  const path = request.url?.split("?")[0]
  if (!site.starts || (path !== reloadPath && path !== startsPath)) return false
  if (path === startsPath) {
    tellStarts(parts, exchange, site.starts)
    return true
  }
  response.writeHead(200, {
    "Content-Type": "text/javascript; charset=utf-8",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
  })
  response.end(reloadScript(parts.dashboardOrigin))
  return true
}

/** How soon a page asks again for a stream that broke off, in `ms`. */
const againMs = 500

function tellStarts(
  parts: GatewayParts,
  exchange: Exchange,
  starts: NonNullable<Site["starts"]>,
): void {
  const { response, site } = exchange
  const leave = parts.pool.enter(site)
  if (!leave) {
    refuse(parts, exchange, "busy")
    return
  }
  let told: string | undefined
  let asking: Promise<void> = Promise.resolve()
  const tell = async () => {
    const now = await starts.newest()
    if (now === undefined || now === told || response.destroyed) return
    told = now
    watch.heard()
    response.write(`data: ${now}\n\n`)
  }
  // One after the other, or an older answer could come last. Who is not told asks again.
  const ask = () => {
    asking = asking.then(tell).catch(() => void response.destroy())
  }
  // Ended, not broken off: its page would complain, and asks again by itself.
  const watch = parts.warden.open(exchange, () => void response.end())
  watch.answered()
  const endHearing = starts.hear(ask)
  response.on("close", () => {
    endHearing()
    watch.close()
    leave()
  })
  response.writeHead(200, {
    "Content-Type": "text/event-stream",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
  })
  // A stream that broke off is asked for again soon: somebody waits to see what they changed.
  response.write(`retry: ${againMs}\n\n`)
  ask()
}

/**
 * Loads the page again when another start than its own answers, once for each: a page that a service
 * worker keeps has the same start for ever. Whoever frames it hears that it does so by itself.
 */
const reloadScript = (dashboardOrigin: string) => `(() => {
  const { start } = document.currentScript.dataset;
  const memory = "vibecaas-start";
  const kept = () => { try { return sessionStorage.getItem(memory); } catch { return null; } };
  const events = new EventSource("${startsPath}");
  events.onmessage = ({ data }) => {
    if (data === start || data === kept()) return;
    try { sessionStorage.setItem(memory, data); } catch {}
    events.close();
    location.reload();
  };
  if (parent !== window) parent.postMessage("vibecaas:reloads", ${JSON.stringify(dashboardOrigin)});
})();
`
