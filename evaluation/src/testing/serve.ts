import { createServer, type IncomingMessage } from "node:http"
import type { AddressInfo } from "node:net"

export interface Asked {
  method: string
  url: URL
  cookie: string
  /** fields of a form or of JSON */
  body: Record<string, string>
  /** the body as it came */
  raw: string
}

export interface Answered {
  status?: number
  headers?: Record<string, string>
  html?: string
  json?: unknown
  text?: string
}

/** A small app on a port of its own, gone when the test is over. */
export async function serve(answer: (asked: Asked) => Answered) {
  const server = createServer(async (request, reply) => {
    const answered = answer(await askedBy(request))
    const { status = 200, headers = {}, html, json, text } = answered
    const type =
      html === undefined
        ? json === undefined
          ? "text/plain"
          : "application/json"
        : "text/html; charset=utf-8"
    reply.writeHead(status, { "content-type": type, ...headers })
    reply.end(
      html === undefined ? (json === undefined ? (text ?? "") : JSON.stringify(json)) : page(html),
    )
  })
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

export const seeOther = (location: string, cookie?: string): Answered => ({
  status: 303,
  headers: { location, ...(cookie ? { "set-cookie": cookie } : {}) },
})

export const escaped = (text = "") =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;")

const page = (body: string) =>
  `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>App</title><body>${body}</body></html>`

async function askedBy(request: IncomingMessage): Promise<Asked> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece)
  const raw = Buffer.concat(pieces).toString("latin1")
  const isJson = request.headers["content-type"]?.includes("json")
  const utf8 = Buffer.concat(pieces).toString("utf8")
  return {
    method: request.method ?? "GET",
    url: new URL(request.url ?? "/", "http://app"),
    cookie: request.headers.cookie ?? "",
    body: isJson && raw ? JSON.parse(utf8) : Object.fromEntries(new URLSearchParams(utf8)),
    raw,
  }
}
