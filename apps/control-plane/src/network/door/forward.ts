import { request as ask, type IncomingMessage, type ServerResponse } from "node:http"
import { pipeline } from "node:stream/promises"
import { connect as secure } from "node:tls"
import { actAsPlatform } from "../../core/resource.ts"
import { secretFor } from "../allow-host.ts"
import type { RuleRow } from "../rule.ts"
import type { Connection } from "./connections.ts"
import { connectPinned, Refused } from "./pin.ts"
import type { AtDoor } from "./tunnel.ts"

/** What belongs to one connection, or names whoever asks. */
const ours = new Set([
  ...["host", "connection", "keep-alive", "proxy-authorization", "proxy-connection", "te"],
  ...["trailer", "transfer-encoding", "upgrade", "expect", "forwarded", "via", "http2-settings"],
])

/** Asks a service for an app, over TLS and with the secret that a person set; follows nothing that it answers. */
export async function forward(
  parts: AtDoor,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [, name = "", path = ""] = /^\/([a-z][a-z0-9-]*)(\/.*)?$/.exec(request.url ?? "") ?? []
  const { machine, connections } = parts
  let to = { host: name || "(no service)", port: 443 }
  try {
    await connections.admit(machine)
    const rule = (await connections.rulesOf(machine)).find((each) => each.name === name)
    if (!rule) throw new Refused(`${describe(request)} is not allowed for this project.`)
    to = { host: rule.host, port: rule.port }
    const secret = await secretOf(parts, rule)
    const connection = connections.open(machine, to, rule)
    try {
      await exchange(parts, { connection, secret, path: path || "/", rule }, { request, response })
    } finally {
      await connections.close(connection)
    }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    await connections.refused(machine, to, error.message)
    if (response.headersSent) return void response.destroy()
    response.writeHead(error.status, { "content-type": "text/plain; charset=utf-8" })
    response.end(`${error.message}\n`)
  }
}

/** Requests as to a proxy are for what is encrypted, by CONNECT. */
const describe = ({ url = "" }: IncomingMessage) =>
  url.startsWith("http:") ? "A connection without encryption" : "That"

/** @throws Refused while nobody set it */
async function secretOf(parts: AtDoor, rule: RuleRow): Promise<string> {
  const value = await actAsPlatform(parts, { ...parts.machine, readOnly: true }, (ctx) =>
    secretFor(ctx, parts.vault, rule),
  )
  if (value !== undefined) return value
  throw new Refused(`${rule.name} has no secret yet: somebody sets it on the page Network.`, 503)
}

interface Exchange {
  connection: Connection
  secret: string
  path: string
  rule: RuleRow
}

async function exchange(
  parts: AtDoor,
  { connection, secret, path, rule }: Exchange,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  const { connections } = parts
  const { signal } = connection.over
  const gone = () => {
    if (!response.writableFinished) connection.over.abort(new Refused("The app went away."))
  }
  response.once("close", gone)
  const socket = await connectPinned(parts, { ...connection, signal })
  try {
    await connections.confirm(connection)
    const { host } = rule
    const encrypted = secure({ socket, servername: host, ...(parts.ca ? { ca: parts.ca } : {}) })
    encrypted.setTimeout(parts.limits.idleMs, () => encrypted.destroy(new Error("too slow")))
    signal.addEventListener("abort", () => encrypted.destroy(), { once: true })
    const headers = { ...headersOf(request, rule), [rule.header ?? ""]: secret, host }
    const { method = "GET" } = request
    const outgoing = ask({ createConnection: () => encrypted, method, path, headers, signal })
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      outgoing.once("response", resolve).once("error", reject)
    })
    request.on("data", ({ length }: Buffer) => connections.count(connection, "sent", length))
    pipeline(request, outgoing).catch(() => {})
    const answer = await answered.catch(() => {
      throw signal.aborted ? signal.reason : new Refused(`${host} did not answer.`, 502)
    })
    answer.on("data", ({ length }: Buffer) => connections.count(connection, "received", length))
    response.writeHead(answer.statusCode ?? 502, withoutOurs(answer.headers))
    await pipeline(answer, response).catch(() => response.destroy())
  } finally {
    response.off("close", gone)
    socket.destroy()
  }
}

/** What the app sends, but for what names the secret's header, also as one of this connection only. */
function headersOf(request: IncomingMessage, { header }: RuleRow) {
  const sent = withoutOurs(request.headers)
  return Object.fromEntries(
    Object.entries(sent).filter(
      ([name]) => name !== header?.toLowerCase() && !name.startsWith("x-forwarded-"),
    ),
  )
}

const withoutOurs = (headers: IncomingMessage["headers"]) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !ours.has(name)))
