import { type IncomingMessage, request } from "node:http"
import type { Duplex } from "node:stream"

export interface Question {
  method: string
  path: string
  headers: Readonly<Record<string, string>>
  /** JSON */
  body?: string
  /** from the first byte sent to the last one answered */
  timeoutMs: number
  signal?: AbortSignal
}

export interface Answer {
  status: number
  headers: Readonly<Record<string, string>>
  /** at most 1 MiB */
  text: string
}

const bytesMax = 1024 * 1024

/**
 * One HTTP exchange over a connection of its own, which is closed after it. Redirects are answers.
 *
 * @throws Error in a few words when it breaks off, takes too long or answers more than 1 MiB
 */
export async function ask(connection: Duplex, question: Question): Promise<Answer> {
  const late = AbortSignal.timeout(question.timeoutMs)
  const signal = question.signal ? AbortSignal.any([question.signal, late]) : late
  try {
    const answer = await begin(connection, question, signal)
    return { status: answer.statusCode ?? 0, headers: plain(answer), text: await read(answer) }
  } catch (error) {
    if (late.aborted) throw new Error(`no answer within ${question.timeoutMs} ms`, { cause: error })
    throw error
  } finally {
    connection.destroy()
  }
}

function begin(connection: Duplex, question: Question, signal: AbortSignal) {
  const { method, path, headers, body } = question
  return new Promise<IncomingMessage>((resolve, reject) => {
    const sending = request(
      {
        ...{ method, path, signal },
        createConnection: () => connection,
        headers: {
          accept: "application/json",
          connection: "close",
          ...(body === undefined
            ? {}
            : { "content-type": "application/json", "content-length": Buffer.byteLength(body) }),
          ...headers,
        },
      },
      resolve,
    )
    sending.on("error", reject)
    sending.end(body)
  })
}

async function read(answer: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of answer) {
    bytes += part.length
    if (bytes > bytesMax) throw new Error("its answer is longer than 1 MiB")
    parts.push(part)
  }
  return Buffer.concat(parts).toString("utf8")
}

function plain(answer: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(answer.headers).map(([name, value]) => [name, String(value)]),
  )
}
