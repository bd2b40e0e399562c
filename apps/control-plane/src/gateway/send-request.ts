import type { IncomingMessage } from "node:http"
import type { Duplex } from "node:stream"
import type { Client, Headers } from "./headers.ts"
import { headersForApp } from "./headers.ts"

export class TooLarge extends Error {}

interface Sending {
  client: Client
  bodyBytesMax: number
  /** headers that the app does not get, by their names in lower case */
  without?: ReadonlySet<string> | undefined
  /** all of it is with the app */
  sent(): void
  fail(error: Error): void
}

/**
 * Writes a request to the app, its body no faster than the app reads.
 *
 * Method, path, names and values come from Node's parser: there is no line break in them, and each
 * character is one byte as it came. The body's framing is ours: chunks when it came in chunks, else
 * the length that Node's parser holds it to.
 *
 * @returns stops writing; the request stays as it is: on its socket we may still have to answer
 */
export function sendRequest(request: IncomingMessage, app: Duplex, sending: Sending): () => void {
  const chunked = request.headers["transfer-encoding"] !== undefined
  app.write(headOf(request, { ...sending, chunked }), "latin1")
  if (!hasBody(request)) {
    sending.sent()
    return () => {}
  }
  let seen = 0
  const pass = (bytes: Buffer) => {
    seen += bytes.length
    if (seen > sending.bodyBytesMax) return sending.fail(new TooLarge())
    if (chunked) app.write(`${bytes.length.toString(16)}\r\n`, "latin1")
    const more = app.write(bytes)
    if (!(chunked ? app.write("\r\n", "latin1") : more)) request.pause()
  }
  const goOn = () => void request.resume()
  const end = () => {
    if (chunked) app.write("0\r\n\r\n", "latin1")
    sending.sent()
  }
  request.on("data", pass).on("end", end)
  app.on("drain", goOn)
  return () => {
    request.off("data", pass).off("end", end).pause()
    app.off("drain", goOn)
  }
}

export const hasBody = (request: IncomingMessage) =>
  request.headers["transfer-encoding"] !== undefined ||
  Number(request.headers["content-length"] ?? 0) > 0

interface HeadOf extends Pick<Sending, "client" | "without"> {
  chunked: boolean
}

function headOf(request: IncomingMessage, of: HeadOf): string {
  const headers = headersForApp(request, of.client)
  let head = `${request.method} ${request.url} HTTP/1.1\r\n`
  for (let at = 0; at < headers.length; at += 2) {
    if (of.chunked && isLength(headers, at)) continue
    if (of.without?.has(headers[at]?.toLowerCase() ?? "")) continue
    head += `${headers[at]}: ${headers[at + 1]}\r\n`
  }
  return `${head}${of.chunked ? "Transfer-Encoding: chunked\r\n\r\n" : "\r\n"}`
}

const isLength = (headers: Headers, at: number) => headers[at]?.toLowerCase() === "content-length"
