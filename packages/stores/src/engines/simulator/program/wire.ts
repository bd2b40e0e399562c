import type { IncomingMessage, ServerResponse } from "node:http"
import { Refused } from "./selling.ts"

export interface Asked {
  request: IncomingMessage
  url: URL
  /** of a form or of JSON, as texts and numbers by their names */
  body: Record<string, unknown>
}

export interface Answered {
  status: number
  /** an object is sent as JSON, a text as a page */
  body: object | string
  headers?: Record<string, string>
}

const bytesMax = 64 * 1024

export async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of request) {
    bytes += part.length
    if (bytes > bytesMax) throw new Refused(413, "that is too much")
    parts.push(part)
  }
  const text = Buffer.concat(parts).toString("utf8")
  if (text === "") return {}
  if (request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded")) {
    return Object.fromEntries(new URLSearchParams(text))
  }
  return parseObject(text)
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === "object" && value !== null) return { ...value }
  } catch {
    // Said below.
  }
  throw new Refused(400, "that is no JSON object")
}

export function reply(
  response: ServerResponse,
  status: number,
  ...[body, headers = {}]: [body: object | string, headers?: Record<string, string>]
): void {
  const page = typeof body === "string"
  const type = page ? "text/html; charset=utf-8" : "application/json"
  response.writeHead(status, { "content-type": type, "cache-control": "no-store", ...headers })
  response.end(page ? body : JSON.stringify(body))
}
