import { request } from "node:http"
import { Duplex } from "node:stream"
import { buffer } from "node:stream/consumers"
import fc from "fast-check"
import { expect, test } from "vitest"
import { type AnswerHead, BadAnswer, makeAnswerReader } from "./answer-reader.ts"

interface Heard {
  head: AnswerHead | undefined
  body: string
  /** undefined until the answer is whole */
  reusable: boolean | undefined
}

/** Reads what comes in these pieces; with `close`, the app then closes its side. */
function read(pieces: readonly string[], { method = "GET", close = false } = {}): Heard {
  const heard: Heard = { head: undefined, body: "", reusable: undefined }
  const reader = makeAnswerReader(
    { method, headerBytesMax: 1000 },
    {
      head(head) {
        heard.head = head
      },
      data(bytes) {
        heard.body += bytes.toString("latin1")
      },
      end({ reusable }) {
        heard.reusable = reusable
      },
    },
  )
  for (const piece of pieces) reader.push(Buffer.from(piece, "latin1"))
  if (close) reader.close()
  return heard
}

/** Text of characters that are one byte each, from a first one on. */
const latin1 = (first: number, maxLength: number) =>
  fc.string({
    unit: fc.integer({ min: first, max: 255 }).map((code) => String.fromCharCode(code)),
    maxLength,
  })

const ok = "HTTP/1.1 200 OK\r\n"
const chunked = `${ok}Transfer-Encoding: chunked\r\n\r\n`

test("an answer is read alike in whatever pieces it comes", () => {
  const name = fc.stringMatching(/^x-[a-z0-9-]{0,10}$/)
  const value = latin1(0x20, 30).map((text) => text.replace(/\x7f/g, "").replace(/^ +| +$/g, ""))
  const bytes = latin1(0, 60)
  fc.assert(
    fc.property(
      fc.array(fc.tuple(name, value), { maxLength: 4 }),
      fc.array(bytes, { maxLength: 4 }),
      fc.boolean(),
      fc.array(fc.nat(400), { maxLength: 12 }),
      (fields, parts, inChunks, cuts) => {
        const body = parts.join("")
        const block = fields.map(([name, value]) => `${name}: ${value}\r\n`).join("")
        const framed = parts
          .filter(Boolean)
          .map((part) => `${part.length.toString(16)}\r\n${part}\r\n`)
        const whole = inChunks
          ? `${ok}${block}Transfer-Encoding: chunked\r\n\r\n${framed.join("")}0\r\nx-t: 1\r\n\r\n`
          : `${ok}${block}Content-Length: ${body.length}\r\n\r\n${body}`
        const at = [0, ...cuts.filter((cut) => cut < whole.length).sort((a, b) => a - b)]
        const heard = read(at.map((start, i) => whole.slice(start, at[i + 1] ?? whole.length)))
        expect(heard.body).toBe(body)
        expect(heard.reusable).toBe(true)
        expect(heard.head?.headers.slice(0, -2)).toEqual(fields.flat())
      },
    ),
  )
})

test("what is accepted, Node's own parser reads in the same way", async () => {
  const pieces = [
    ...["HTTP/1.1 200 OK\r\n", "HTTP/1.0 200 OK\r\n", "HTTP/1.1 204 None\r\n", "HTTP/1.1 304\r\n"],
    ...["Content-Length: 4\r\n", "Content-Length: 04\r\n", "content-length: 2\r\n", "X: y\r\n"],
    ...["Transfer-Encoding: chunked\r\n", "Transfer-Encoding: gzip, chunked\r\n", " fold\r\n"],
    ...["X : y\r\n", "Connection: close\r\n", "\r\n", "\n", "\r", "4\r\nabcd\r\n", "0\r\n", "abcd"],
    ...["2;x=y\r\nab\r\n", "-1\r\n", "0x4\r\n", "\0", "HTTP/1.1 100 Continue\r\n\r\n"],
  ]
  const start = fc.constantFrom(...pieces.slice(0, 3), pieces.at(-1) ?? "")
  const rest = fc.array(fc.constantFrom(...pieces), { maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(start, rest, async (first, more) => {
      const bytes = [first, ...more].join("")
      const heard = tryRead(bytes)
      // What follows an answer is no part of it; Node would complain of it.
      if (!heard || !(heard.reusable || heard.head?.body === "close")) return
      const node = await readByNode(bytes)
      expect({ ...node, bytes }).toEqual({
        bytes,
        status: heard.head?.status,
        headers: heard.head?.headers,
        body: heard.body,
      })
    }),
    { numRuns: 1000 },
  )
})

function tryRead(bytes: string): Heard | undefined {
  try {
    return read([bytes], { close: true })
  } catch (error) {
    if (error instanceof BadAnswer) return undefined
    throw error
  }
}

async function readByNode(bytes: string) {
  const socket = new Duplex({ read() {}, write: (_bytes, _encoding, done) => done() })
  socket.push(Buffer.from(bytes, "latin1"))
  socket.push(null)
  return new Promise<object>((resolve) => {
    const asked = request({ createConnection: () => socket })
    asked.on("error", (error) => resolve({ refused: error.message })).end()
    asked.on("response", async (answer) => {
      const body = await buffer(answer).catch(() => Buffer.from("broken"))
      const { statusCode: status, rawHeaders: headers } = answer
      resolve({ status, headers, body: body.toString("latin1") })
    })
  })
}

test.each([
  ["both a length and chunks", `${ok}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n`],
  ["two lengths, even equal ones", `${ok}Content-Length: 4\r\nContent-Length: 4\r\n\r\nabcd`],
  ["a list of lengths", `${ok}Content-Length: 4, 4\r\n\r\nabcd`],
  ["a length with a sign", `${ok}Content-Length: +4\r\n\r\nabcd`],
  ["a length that no number holds", `${ok}Content-Length: 9999999999999999\r\n\r\n`],
  ["another coding", `${ok}Transfer-Encoding: gzip, chunked\r\n\r\n`],
  ["chunks twice", `${ok}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n`],
  ["chunks in HTTP/1.0", "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"],
  ["a line that goes on", `${ok}X: a\r\n b\r\n\r\n`],
  ["a blank before the colon", `${ok}Content-Length : 4\r\n\r\n`],
  ["a bare line feed", `${ok}X: a\nContent-Length: 4\r\n\r\n`],
  ["a bare carriage return", `${ok}X: a\rb\r\n\r\n`],
  ["a zero byte", `${ok}X: a\0b\r\n\r\n`],
  ["no colon", `${ok}X\r\n\r\n`],
  ["another protocol", "SSH-2.0-OpenSSH\r\n\r\n"],
  ["a later HTTP", "HTTP/2.0 200 OK\r\n\r\n"],
  ["a status of two digits", "HTTP/1.1 20 OK\r\n\r\n"],
  ["a switch of protocols", "HTTP/1.1 101 Switching Protocols\r\n\r\n"],
  ["a head without end", `${ok}X: ${"a".repeat(1000)}`],
  ["a chunk without a size", `${chunked}\r\nabcd`],
  ["a size in another notation", `${chunked}0x4\r\nabcd\r\n`],
  ["a size with a blank", `${chunked}4 \r\nabcd\r\n`],
  ["a size that overflows", `${chunked}100000004\r\nabcd\r\n`],
  ["a size line without end", `${chunked}4;${"a".repeat(300)}`],
  ["a chunk longer than told", `${chunked}2\r\nabcd\r\n`],
  ["a size line that ends with a line feed", `${chunked}4\nabcd\r\n`],
  ["a trailer that is none", `${chunked}0\r\nx y\r\n\r\n`],
  ["trailers without end", `${chunked}0\r\n${"x: y\r\n".repeat(300)}`],
])("an answer with %s is refused", (_, bytes) => {
  expect(() => read([bytes])).toThrow(BadAnswer)
  expect(() => read([...bytes])).toThrow(BadAnswer)
})

test("an answer that breaks off is no whole one", () => {
  for (const bytes of [ok, `${ok}Content-Length: 4\r\n\r\nabc`, `${chunked}4\r\nabcd\r\n`]) {
    expect(() => read([bytes], { close: true })).toThrow(BadAnswer)
  }
  expect(read([`${ok}\r\nabc`], { close: true })).toMatchObject({ body: "abc", reusable: false })
})

test("a connection is used again only after an answer that ended cleanly and did not say close", () => {
  const four = "Content-Length: 4\r\n\r\nabcd"
  expect(read([`${ok}${four}`]).reusable).toBe(true)
  expect(read([`${ok}${four}HTTP/1.1 200 OK\r\n`]).reusable).toBe(false)
  expect(read([`${ok}Connection: keep-alive, Close\r\n${four}`]).reusable).toBe(false)
  expect(read([`HTTP/1.0 200 OK\r\n${four}`]).reusable).toBe(false)
})

test("answers to HEAD, and those that never have a body, end with their head", () => {
  const head = `${ok}Content-Length: 4\r\n\r\n`
  expect(read([head], { method: "HEAD" })).toMatchObject({ body: "", reusable: true })
  expect(read(["HTTP/1.1 304 Not Modified\r\nContent-Length: 4\r\n\r\n"]).reusable).toBe(true)
})

test("what an app says before its answer is not heard", () => {
  const early = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
  expect(read([`${early}${early}${ok}Content-Length: 0\r\n\r\n`]).head?.headers).toEqual([
    "Content-Length",
    "0",
  ])
})

test("a value of nothing but blanks costs no more than its length", () => {
  const value = `a${" ".repeat(900)}\0`
  expect(() => read([`${ok}X: ${value}\r\n\r\n`])).toThrow(BadAnswer)
})
