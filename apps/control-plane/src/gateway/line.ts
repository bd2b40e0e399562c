import type { Duplex } from "node:stream"
import { type AnswerHeard, BadAnswer, makeAnswerReader } from "./answer-reader.ts"

/** What is heard of an exchange: the answer, and what broke it. */
export interface LineHeard extends AnswerHeard {
  /** all that came in one piece was told */
  pieceOver(): void
  fail(error: Error): void
}

/** A connection to an app that carries one request at a time. */
export interface Line {
  /** whether it carried a request before: the app may be closing it just now */
  readonly reused: boolean
  readonly open: boolean
  /** its bytes, for a request; what comes back is heard by whom `hear` was told last */
  readonly stream: Duplex
  hear(method: string, heard: LineHeard): void
  /** @returns whether another request may follow */
  rest(): boolean
  destroy(): void
}

/** The app closed or broke the connection before it said anything. */
export class LineLost extends BadAnswer {}

export function makeLine(stream: Duplex, headerBytesMax: number): Line {
  let now: { heard: LineHeard; push(bytes: Buffer): void; close(): void } | undefined
  let silent = true
  let reused = false
  let reusable = false
  const over = (error: Error) => {
    const was = now
    now = undefined
    reusable = false
    stream.destroy()
    was?.heard.fail(error)
  }
  const guarded = (act: (reader: NonNullable<typeof now>) => void) => {
    const was = now
    // Who speaks without being asked could be taken to answer the next request.
    if (!was) return over(new BadAnswer("spoke without being asked"))
    try {
      act(was)
      was.heard.pieceOver()
    } catch (error) {
      over(error instanceof Error ? error : new BadAnswer(String(error)))
    }
  }
  const broke = () => over(silent ? new LineLost() : new BadAnswer("the connection broke"))
  stream.on("data", (bytes: Buffer) => {
    silent = false
    guarded((reader) => reader.push(bytes))
  })
  stream.on("end", () => (silent ? broke() : guarded((reader) => reader.close())))
  stream.on("close", broke).on("error", broke)
  return {
    stream,
    get reused() {
      return reused
    },
    get open() {
      return !stream.destroyed
    },
    hear(method, heard) {
      silent = true
      reusable = false
      const end: LineHeard["end"] = (how) => {
        reusable = how.reusable
        heard.end(how)
      }
      const told = { ...heard, end }
      now = { heard, ...makeAnswerReader({ method, headerBytesMax }, told) }
    },
    rest() {
      now = undefined
      reused = true
      return reusable && !stream.destroyed
    },
    destroy: () => void stream.destroy(),
  }
}
