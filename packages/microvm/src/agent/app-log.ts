import type { MuxStream } from "../guest-mux.ts"
import { makeLogRing } from "./log-ring.ts"

const ringBytes = 1024 * 1024

/** What a machine's app printed, across its starts: each begins with a line that says when. */
export interface AppLog {
  /** from here on it is another start's output */
  begin(at: Date): void
  write(bytes: Uint8Array): void
  /** bytes that apps printed in all; our own lines do not count */
  printed(): number
  /** the last bytes of all starts, or of the newest one without its first line */
  tail(stream: MuxStream, of: { tailBytes: number; newestStart: boolean }): Promise<void>
}

export function makeAppLog(): AppLog {
  const ring = makeLogRing(ringBytes)
  let began = 0
  let ours = 0
  return {
    begin(at) {
      const last = ring.from(ring.total() - 1).bytes
      const line = `${ring.total() > 0 && last[0] !== newline ? "\n" : ""}[started at ${at.toISOString()}]\n`
      ring.write(Buffer.from(line))
      ours += line.length
      began = ring.total()
    },
    write: (bytes) => ring.write(bytes),
    printed: () => ring.total() - ours,
    async tail(stream, { tailBytes, newestStart }) {
      const from = Math.max(ring.total() - tailBytes, newestStart ? began : 0)
      await stream.send(ring.from(from).bytes)
      stream.result({})
    },
  }
}

const newline = 10
