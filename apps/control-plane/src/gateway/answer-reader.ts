import { type Headers, valuesOf } from "./headers.ts"

/** What is heard of one answer, in this order; `head` once, after what was said before the answer. */
export interface AnswerHeard {
  head(head: AnswerHead): void
  data(bytes: Buffer): void
  end(how: { /** whether the connection may carry another request */ reusable: boolean }): void
}

export interface AnswerHead {
  status: number
  headers: Headers
  /** how its body ends: `chunks` were taken off, `length` is told in a header, `none` has no body */
  body: "none" | "length" | "chunks" | "close"
}

/** An answer that breaks the rules or could be read in two ways. */
export class BadAnswer extends Error {}

interface AnswerReader {
  /** @throws BadAnswer */
  push(bytes: Buffer): void
  /** The app closed its side. @throws BadAnswer when the answer was not whole */
  close(): void
}

interface AnswerRules {
  /** of the request: an answer to HEAD has no body */
  method: string
  /** largest block of headers, also of trailers, in bytes */
  headerBytesMax: number
}

/**
 * Reads one HTTP/1.1 answer that comes in any pieces.
 *
 * Whoever sends it may be hostile, so there is one reading or none: lines end with CR LF, a name and
 * its colon touch, no line goes on on the next, and of length and chunks at most one is told, once.
 */
export function makeAnswerReader(rules: AnswerRules, heard: AnswerHeard): AnswerReader {
  const reading: Reading = { rules, heard, step: "head", keep: false, left: 0, held: none }
  return {
    push(bytes) {
      let rest: Buffer | undefined = bytes
      while (rest && rest.length > 0 && reading.step !== "over") {
        rest = steps[reading.step](reading, rest)
      }
    },
    close() {
      if (reading.step === "close") finish(reading, none)
      if (reading.step !== "over") throw new BadAnswer("the connection closed in the middle")
    },
  }
}

interface Reading {
  rules: AnswerRules
  heard: AnswerHeard
  step: Step
  /** whether the connection may carry another request when the answer is whole */
  keep: boolean
  /** bytes of the body or chunk that are still to come; in trailers, bytes that came */
  left: number
  /** the beginning of a line whose end has not come */
  held: Buffer
}

type Step = "head" | "length" | "close" | "size" | "chunk" | "chunk end" | "trailer" | "over"

/** Each reads what it can and answers the rest; nothing when it needs more or the answer is whole. */
const steps: Record<
  Exclude<Step, "over">,
  (reading: Reading, bytes: Buffer) => Buffer | undefined
> = {
  head(reading, bytes) {
    const found = until(reading, bytes, {
      mark: "\r\n\r\n",
      bytesMax: reading.rules.headerBytesMax,
    })
    return found && begin(reading, found)
  },
  length(reading, bytes) {
    const rest = take(reading, bytes)
    return reading.left === 0 ? finish(reading, rest) : undefined
  },
  close: (reading, bytes) => void reading.heard.data(bytes),
  size(reading, bytes) {
    const found = until(reading, bytes, { mark: "\r\n", bytesMax: sizeLineMax })
    if (!found) return undefined
    reading.left = sizeOf(found.text)
    reading.step = reading.left > 0 ? "chunk" : "trailer"
    return found.rest
  },
  chunk(reading, bytes) {
    const rest = take(reading, bytes)
    if (reading.left === 0) reading.step = "chunk end"
    return rest
  },
  "chunk end"(reading, bytes) {
    const found = until(reading, bytes, { mark: "\r\n", bytesMax: 0 })
    if (found) reading.step = "size"
    return found?.rest
  },
  // Trailers are between us and the app; only that they end matters.
  trailer(reading, bytes) {
    const bytesMax = reading.rules.headerBytesMax - reading.left
    const found = until(reading, bytes, { mark: "\r\n", bytesMax })
    if (!found) return undefined
    if (found.text === "") return finish(reading, found.rest)
    reading.left += found.text.length
    parseField(found.text)
    return found.rest
  },
}

function begin(reading: Reading, { text, rest }: Found): Buffer | undefined {
  const { head, version } = parseHead(text)
  if (head.status === 101) throw new BadAnswer("switched protocols without being asked")
  // What an app says before its answer is between us and the app.
  if (head.status < 200) return rest
  const { body, length } = framingOf(head, version, reading.rules.method)
  reading.keep = body !== "close" && version === "1" && !closes(head.headers)
  reading.left = length
  reading.heard.head({ ...head, body })
  if (body === "none" || (body === "length" && length === 0)) return finish(reading, rest)
  reading.step = body === "chunks" ? "size" : body
  return rest
}

function take(reading: Reading, bytes: Buffer): Buffer {
  const part = bytes.length > reading.left ? bytes.subarray(0, reading.left) : bytes
  reading.left -= part.length
  reading.heard.data(part)
  return bytes.subarray(part.length)
}

function finish(reading: Reading, rest: Buffer): undefined {
  reading.step = "over"
  reading.heard.end({ reusable: reading.keep && rest.length === 0 })
}

const none: Buffer = Buffer.alloc(0)
/** a chunk's size with its extensions, in bytes */
const sizeLineMax = 256
const text = /^[\t\x20-\x7e\x80-\xff]*$/
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
const statusLine = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: ([\t\x20-\x7e\x80-\xff]*))?$/
const sizeLine = /^([0-9A-Fa-f]{1,8})(?:;[\t\x20-\x7e\x80-\xff]*)?$/

interface Found {
  text: string
  rest: Buffer
}

/** Text up to an end mark that may itself come in pieces; keeps what has come until then. */
function until(
  reading: Reading,
  bytes: Buffer,
  { mark, bytesMax }: { mark: string; bytesMax: number },
): Found | undefined {
  const { held } = reading
  const all = held.length > 0 ? Buffer.concat([held, bytes]) : bytes
  const end = all.indexOf(mark, Math.max(0, held.length - mark.length + 1), "latin1")
  if ((end < 0 ? all.length - mark.length + 1 : end) > bytesMax) {
    throw new BadAnswer("a head or line is longer than it may be")
  }
  reading.held = end < 0 ? all : none
  if (end < 0) return undefined
  return { text: all.toString("latin1", 0, end), rest: all.subarray(end + mark.length) }
}

function parseHead(block: string) {
  const [first = "", ...fields] = block.split("\r\n")
  const [, version = "", status = ""] = statusLine.exec(first) ?? []
  if (status === "") throw new BadAnswer("no status line")
  const headers: Headers = []
  for (const field of fields) headers.push(...parseField(field))
  return { version, head: { status: Number(status), headers } }
}

function parseField(field: string): [name: string, value: string] {
  const colon = field.indexOf(":")
  const name = field.slice(0, Math.max(0, colon))
  const value = field.slice(colon + 1)
  if (!token.test(name) || !text.test(value)) throw new BadAnswer("a header that is none")
  return [name, trimmed(value)]
}

/** Without blanks and tabs around it; `trim` would take a character of Latin 1 too. */
function trimmed(value: string): string {
  let [start, end] = [0, value.length]
  while (start < end && isBlank(value, start)) start += 1
  while (end > start && isBlank(value, end - 1)) end -= 1
  return value.slice(start, end)
}

const isBlank = (value: string, at: number) => value[at] === " " || value[at] === "\t"

function framingOf(
  { status, headers }: Omit<AnswerHead, "body">,
  version: string,
  method: string,
): { body: AnswerHead["body"]; length: number } {
  const codings = valuesOf(headers, "transfer-encoding")
  const lengths = valuesOf(headers, "content-length")
  const [coding] = codings
  const [length] = lengths
  if (coding !== undefined && (version === "0" || length !== undefined)) {
    throw new BadAnswer("its end is told in two ways")
  }
  if (length !== undefined && !/^\d{1,15}$/.test(length)) throw new BadAnswer("no length")
  if (coding !== undefined && coding.toLowerCase() !== "chunked") {
    throw new BadAnswer("a coding that was not asked for")
  }
  if (lengths.length > 1 || codings.length > 1) throw new BadAnswer("its end is told twice")
  if (method === "HEAD" || status === 204 || status === 304) return { body: "none", length: 0 }
  if (coding !== undefined) return { body: "chunks", length: 0 }
  return { body: length === undefined ? "close" : "length", length: Number(length ?? 0) }
}

/** Whatever else a connection names, one that says `close` once is not used again. */
const closes = (headers: Headers) =>
  valuesOf(headers, "connection").some((value) => /\bclose\b/i.test(value))

function sizeOf(line: string): number {
  const size = sizeLine.exec(line)?.[1]
  if (size === undefined) throw new BadAnswer("a chunk without a size")
  return Number.parseInt(size, 16)
}
