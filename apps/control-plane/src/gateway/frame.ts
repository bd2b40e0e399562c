import type { IncomingMessage, ServerResponse } from "node:http"
import { framePath } from "../core/own-paths.ts"

/** Whether a page is opened in a frame; only the dashboard may frame pages of apps, and apps their own. */
export function opensFrame({ method, headers }: IncomingMessage): boolean {
  return (method === "GET" || method === "POST") && headers["sec-fetch-dest"] === "iframe"
}

/** Answers the script of framed pages. */
export function answerFrame(
  { dashboardOrigin }: { dashboardOrigin: string },
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): boolean {
  if (request.url?.split("?")[0] !== framePath) return false
  response.writeHead(200, {
    "Content-Type": "text/javascript; charset=utf-8",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
  })
  response.end(frameScript(dashboardOrigin))
  return true
}

/**
 * Tells the dashboard around the page where it is and what fails in it, and goes back when told to. A
 * page that an app frames in its own says nothing: it can see who frames it.
 */
const frameScript = (dashboardOrigin: string) => `(() => {
  if (parent === window) return;
  try { if (parent.location.href) return; } catch {}
  const dashboard = ${JSON.stringify(dashboardOrigin)};
  const tell = (word) => parent.postMessage({ vibecaas: word }, dashboard);
  const here = () => tell({
    path: location.pathname + location.search + location.hash,
    mayGoBack: Boolean(window.navigation?.canGoBack),
  });
  const wrong = (...what) => tell({ error: what.map((each) => each?.message ?? String(each)).join(" ").slice(0, 500) });
  addEventListener("error", ({ message, target }) => {
    if (message) wrong(message);
    else if (target?.src || target?.href) wrong("Could not load " + (target.src || target.href));
  }, true);
  addEventListener("unhandledrejection", ({ reason }) => wrong(reason));
  const said = console.error;
  console.error = (...what) => { wrong(...what); said.apply(console, what); };
  window.navigation?.addEventListener("currententrychange", here);
  addEventListener("hashchange", here);
  addEventListener("popstate", here);
  addEventListener("pageshow", here);
  addEventListener("message", ({ origin, data }) => {
    if (origin === dashboard && data === "vibecaas:back" && window.navigation?.canGoBack) window.navigation.back();
  });
})();
`
