import { type IncomingMessage, request } from "node:http"
import type { Duplex } from "node:stream"
import type { Clock } from "@vibecaas/kernel/clock"
import { fault } from "@vibecaas/kernel/fault"
import type { PageRequest, PageResult } from "./sessions.ts"

const bodyBytesMax = 200_000

/** How long a stream of events is listened to, in `ms`. */
const streamMsDefault = 3000

/**
 * One HTTP request over a stream to the app. There is no address in it: what the app answers, a
 * redirect too, is only handed back. An answer that has begun is handed back as far as it came.
 *
 * @throws Fault `app_unavailable`
 */
export async function fetchPage(
  stream: Duplex,
  page: PageRequest,
  clock: Clock,
): Promise<PageResult> {
  const timer = new AbortController()
  const after = (ms: number) =>
    clock.sleep(ms, timer.signal).then(
      () => "late" as const,
      () => "late" as const,
    )
  const late = after(page.timeoutMs)
  try {
    const answer = await Promise.race([send(stream, page), late])
    if (answer === "late") throw unavailable(`The app did not answer within ${page.timeoutMs} ms.`)
    const contentType = answer.headers["content-type"] ?? ""
    const events = /^text\/event-stream/i.test(contentType)
    const enough = events ? Promise.race([late, after(page.streamMs ?? streamMsDefault)]) : late
    const body = await readBody(answer, enough)
    return { status: answer.statusCode ?? 0, contentType, headers: headersOf(answer), ...body }
  } finally {
    timer.abort()
    stream.destroy()
  }
}

function send(stream: Duplex, { method, path, headers, body }: PageRequest) {
  const described =
    body === undefined
      ? {}
      : { "content-type": contentTypeOf(body), "content-length": Buffer.byteLength(body) }
  return new Promise<IncomingMessage>((resolve, reject) => {
    const outgoing = request(
      {
        ...{ createConnection: () => stream, method, path },
        headers: {
          host: "localhost",
          accept: "text/html,application/json,*/*",
          ...described,
          ...headers,
        },
      },
      resolve,
    )
    outgoing.on("error", (error) => reject(unavailable(`The app broke off: ${error.message}.`)))
    outgoing.end(body)
  })
}

function readBody(
  answer: IncomingMessage,
  enough: Promise<unknown>,
): Promise<Pick<PageResult, "body" | "truncated" | "ended">> {
  const chunks: Buffer[] = []
  let size = 0
  return new Promise((resolve, reject) => {
    const finish = (ended: boolean) =>
      resolve({
        body: Buffer.concat(chunks).subarray(0, bodyBytesMax).toString("utf8"),
        truncated: size > bodyBytesMax,
        ended,
      })
    answer.on("data", (chunk: Buffer) => {
      chunks.push(chunk)
      size += chunk.length
      if (size > bodyBytesMax) finish(false)
    })
    answer.on("end", () => finish(true))
    answer.on("error", () => reject(unavailable("The app broke off in the middle of its answer.")))
    enough.then(() => finish(false))
  })
}

/** Each header once, as a browser would read it; cookies one a line. */
function headersOf({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value].flat().join("\n")]),
  )
}

function contentTypeOf(body: string): string {
  try {
    JSON.parse(body)
    return "application/json"
  } catch {
    return "application/x-www-form-urlencoded"
  }
}

function unavailable(say: string) {
  return fault("app_unavailable", { say, retryable: true })
}
