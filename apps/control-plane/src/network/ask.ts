import { request as ask } from "node:http"
import { connect as secure } from "node:tls"
import type { IdOf } from "@vibecaas/contract/kinds"
import { actAsPlatform } from "../core/resource.ts"
import { connectPinned, Refused } from "./door/pin.ts"
import type { NetworkParts } from "./network-parts.ts"
import { listRules } from "./queries.ts"
import { ruleFor } from "./rule.ts"

/** A request that the platform makes for a project, to where its apps may go. */
export interface Asked {
  organizationId: IdOf<"organization">
  projectId: IdOf<"project">
  /** https */
  url: string
  headers: Readonly<Record<string, string>>
  body: string
  signal: AbortSignal
}

/**
 * Posts to an address by the same rules as apps: its host is allowed, leads to a public address, and is
 * connected to there. Nothing that it answers is followed or kept.
 *
 * @returns why it did not work, as a sentence
 */
export async function postFor(parts: NetworkParts, asked: Asked): Promise<string | undefined> {
  const { hostname: host, port: digits, pathname, search } = new URL(asked.url)
  const port = Number(digits || 443)
  const of = { organizationId: asked.organizationId, readOnly: true }
  const rules = await actAsPlatform(parts, of, (ctx) => listRules(ctx.db, asked.projectId))
  if (!ruleFor(rules, host, port)) {
    return `${host}:${port} is not an allowed domain of this project. Allow it on the page Network.`
  }
  try {
    const socket = await connectPinned(parts, { host, port, signal: asked.signal })
    const trust = parts.ca ? { ca: parts.ca } : {}
    const encrypted = secure({ socket, servername: host, ...trust })
    const status = await statusOf(encrypted, { ...asked, host, path: `${pathname}${search}` })
    return status >= 200 && status < 300 ? undefined : `${host} answered ${status}.`
  } catch (error) {
    asked.signal.throwIfAborted()
    return error instanceof Refused ? error.message : `${host} did not answer.`
  }
}

function statusOf(
  socket: ReturnType<typeof secure>,
  { host, path, headers, body, signal }: Asked & { host: string; path: string },
): Promise<number> {
  return new Promise((resolve, reject) => {
    const length = { "content-length": String(Buffer.byteLength(body)) }
    const outgoing = ask({
      ...{ createConnection: () => socket, method: "POST", path, signal },
      headers: { ...headers, ...length, host, connection: "close" },
    })
    socket.once("error", reject)
    outgoing.once("error", reject).once("response", (response) => {
      resolve(response.statusCode ?? 0)
      response.destroy()
      socket.destroy()
    })
    outgoing.end(body)
  })
}
