import type { IncomingMessage, ServerResponse } from "node:http"
import type { GatewayParts } from "./exchange.ts"
import { type PageContent, page } from "./page.ts"
import { pageOfApp, pageOfRefusal, type Refusal } from "./pages.ts"
import type { Site } from "./site.ts"

interface Asked {
  request: IncomingMessage
  response: ServerResponse
  /** where who may see it is let in */
  door?: string
}

type Answering = Pick<GatewayParts, "dashboardOrigin">

/** Answers in place of the app: a page for people, a line of JSON for programs. */
export function refuse(parts: Answering, asked: Asked, reason: Refusal): void {
  answer(parts, asked, pageOfRefusal(reason, asked.door ?? parts.dashboardOrigin))
}

/** Says why no app answers now; pages of an app that is coming up open it by themselves. */
export async function sayWhyNoApp(
  parts: GatewayParts,
  asked: Asked & { site: Site },
): Promise<void> {
  const { site } = asked
  const shown = await site.show()
  answer(parts, asked, pageOfApp(shown, { site, dashboardOrigin: parts.dashboardOrigin }))
}

function answer(parts: Answering, { request, response }: Asked, content: PageContent): void {
  if (response.headersSent || response.destroyed) return
  const html = wantsHtml(request)
  const { body, policy } = html ? page(content, parts.dashboardOrigin) : plain(content)
  response.writeHead(content.status, {
    "Content-Type": html ? "text/html; charset=utf-8" : "application/json; charset=utf-8",
    "Content-Length": Buffer.byteLength(body),
    "Content-Security-Policy": policy,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    ...(content.status === 503 ? { "Retry-After": "2" } : {}),
    ...(content.status === 401 ? { "WWW-Authenticate": "Preview" } : {}),
    // What is left of a body that we refused is not read.
    ...(content.status === 413 ? { Connection: "close" } : {}),
  })
  response.end(request.method === "HEAD" ? undefined : body)
}

function wantsHtml(request: IncomingMessage): boolean {
  const reads = request.method === "GET" || request.method === "HEAD" || request.method === "POST"
  return reads && /\btext\/html\b/.test(request.headers.accept ?? "")
}

function plain(content: PageContent): { body: string; policy: string } {
  const detail = [content.sentence, content.evidence].filter(Boolean).join(" ")
  const body = { code: content.code, title: content.title, detail, lines: content.lines }
  return { body: `${JSON.stringify(body)}\n`, policy: "default-src 'none'" }
}
