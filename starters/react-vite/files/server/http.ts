// Reading requests and writing answers.
import type { IncomingMessage, ServerResponse } from "node:http"

const bodyBytesMax = 64 * 1024

/** What a request may not do, with a sentence for people. */
export class Refusal extends Error {
  readonly status: number
  readonly fields: object | undefined
  constructor(status: number, says: string, fields?: object) {
    super(says)
    this.status = status
    this.fields = fields
  }
}

/** @throws Refusal. Other sites cannot send this type without asking first, which is never granted. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  if (!/^application\/json\b/.test(request.headers["content-type"] ?? ""))
    throw new Refusal(415, "Send JSON.")
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of request) {
    bytes += part.length
    if (bytes > bodyBytesMax) throw new Refusal(413, "That is too much at once.")
    parts.push(part)
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString() || "null")
  } catch {
    throw new Refusal(400, "That is no JSON.")
  }
}

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, {
    "Content-Type": "application/json",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
  })
  response.end(JSON.stringify(value))
}

/** Lets so many changes through in a minute, of all people together. */
export function createLimiter(most: number, now: () => number = Date.now) {
  let minute = 0
  let count = 0
  return (): void => {
    const current = Math.floor(now() / 60_000)
    if (current !== minute) count = 0
    minute = current
    if (++count > most) throw new Refusal(429, "That was a lot at once. Wait a minute.")
  }
}
