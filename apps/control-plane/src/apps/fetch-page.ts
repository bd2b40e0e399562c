import { type IncomingMessage, request } from "node:http"
import type { Duplex } from "node:stream"
import type { Clock } from "@vibecaas/kernel/clock"
import { fault } from "@vibecaas/kernel/fault"
import type { PageResult } from "./sessions.ts"

const bodyBytesMax = 200_000

export interface PageRequest {
  method: string
  path: string
  body?: string
  timeoutMs: number
}

/**
 * One HTTP request over a stream to the app. There is no address in it: what the app answers, a
 * redirect too, is only handed back.
 *
 * @throws Fault `app_unavailable`
 */
export async function fetchPage(
  stream: Duplex,
  page: PageRequest,
  clock: Clock,
): Promise<PageResult> {
  const timer = new AbortController()
  const late = clock.sleep(page.timeoutMs, timer.signal).then(() => {
    throw unavailable(`The app did not answer within ${page.timeoutMs} ms.`)
  })
  try {
    return await Promise.race([exchange(stream, page), late])
  } finally {
    timer.abort()
    late.catch(() => {})
    stream.destroy()
  }
}

function exchange(stream: Duplex, page: PageRequest): Promise<PageResult> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        createConnection: () => stream,
        method: page.method,
        path: page.path,
        headers: {
          host: "localhost",
          accept: "text/html,application/json,*/*",
          ...(page.body === undefined
            ? {}
            : {
                "content-type": contentTypeOf(page.body),
                "content-length": Buffer.byteLength(page.body),
              }),
        },
      },
      (answer) => readAnswer(answer).then(resolve, reject),
    )
    outgoing.on("error", (error) => reject(unavailable(`The app broke off: ${error.message}.`)))
    outgoing.end(page.body)
  })
}

async function readAnswer(answer: IncomingMessage): Promise<PageResult> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of answer) {
      chunks.push(chunk)
      size += chunk.length
      if (size > bodyBytesMax) break
    }
  } catch {
    throw unavailable("The app broke off in the middle of its answer.")
  }
  return {
    status: answer.statusCode ?? 0,
    contentType: answer.headers["content-type"] ?? "",
    body: Buffer.concat(chunks).subarray(0, bodyBytesMax).toString("utf8"),
    truncated: size > bodyBytesMax,
  }
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
