import { createHash } from "node:crypto"
import scalar from "@scalar/fastify-api-reference"
import type { FastifyInstance } from "fastify"
import { explorerPolicy, pageHeaders } from "../content-security.ts"
import type { JsonSchema } from "./json-schema.ts"

/** Where the explorer and its document live. */
export const docsPath = "/docs/api"

/** Serves the OpenAPI document and an explorer for it; nothing is fetched from elsewhere. */
export async function registerExplorer(app: FastifyInstance, document: JsonSchema): Promise<void> {
  const text = JSON.stringify(document)
  app.get(`${docsPath}/openapi.json`, async (_, reply) =>
    reply.header("content-type", "application/json; charset=utf-8").send(text),
  )
  app.get(iconPath, async (_, reply) =>
    reply
      .header("content-type", "image/svg+xml")
      .header("cache-control", "max-age=86400")
      .send(icon),
  )
  await app.register(async (explorer) => {
    protectPages(explorer)
    await explorer.register(scalar, { routePrefix: docsPath, configuration: look })
  })
}

const iconPath = `${docsPath}/icon.svg`
const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 22 22"><title>VibeCaaS</title><rect width="22" height="22" rx="6" fill="#17171b"/><path d="m6 7 5 8 5-8" fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/></svg>'

const look = {
  url: `${docsPath}/openapi.json`,
  pageTitle: "VibeCaaS API",
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  showDeveloperTools: "never",
  agent: { disabled: true },
  mcp: { disabled: true },
} as const

/** The page starts itself with an inline script: the policy names it by its hash. */
function protectPages(explorer: FastifyInstance): void {
  explorer.addHook("onSend", async (_, reply, payload: unknown) => {
    const type = String(reply.getHeader("content-type") ?? "")
    if (!type.startsWith("text/html") || typeof payload !== "string") return payload
    reply.headers(pageHeaders).header("content-security-policy", explorerPolicy(hashesIn(payload)))
    // Without it, browsers ask for /favicon.ico, which is not there.
    return payload.replace(/<head[^>]*>/, (head) => `${head}<link rel="icon" href="${iconPath}">`)
  })
}

function hashesIn(html: string): string[] {
  const scripts = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)]
  return scripts.map(([, text = ""]) => {
    const digest = createHash("sha256").update(text).digest("base64")
    return `'sha256-${digest}'`
  })
}
