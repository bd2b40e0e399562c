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
  /**
   * The last bytes of all starts, or of the newest one without its first line; the answer says when they
   * were printed, as far as that is kept.
   */
  tail(stream: MuxStream, of: { tailBytes: number; newestStart: boolean }): Promise<void>
}

export function makeAppLog(): AppLog {
  const ring = makeLogRing(ringBytes)
  const times = makeTimes()
  let began = 0
  let ours = 0
  return {
    begin(at) {
      const last = ring.from(ring.total() - 1).bytes
      const line = `${ring.total() > 0 && last[0] !== newline ? "\n" : ""}[started at ${at.toISOString()}]\n`
      times.add(ring.total(), at.getTime())
      ring.write(Buffer.from(line))
      ours += line.length
      began = ring.total()
    },
    write(bytes) {
      times.add(ring.total(), Date.now())
      ring.write(bytes)
    },
    printed: () => ring.total() - ours,
    async tail(stream, { tailBytes, newestStart }) {
      const from = Math.max(ring.total() - tailBytes, newestStart ? began : 0)
      const { position, bytes } = ring.from(from)
      const printedAt = times.from(position)
      await stream.send(bytes)
      stream.result({ printedAt })
    },
  }
}

const newline = 10
/** instants that are kept, and so told at once: they must fit into one frame */
const timesMax = 1500

/** When bytes were printed: each instant holds from its position on, until that of the next one. */
function makeTimes() {
  let all: [position: number, ms: number][] = []
  return {
    add(position: number, ms: number) {
      const last = all.at(-1)
      if (last?.[0] === position) last[1] = ms
      else if (last?.[1] !== ms) all.push([position, ms])
      if (all.length > timesMax * 2) all = all.slice(-timesMax)
    },
    /** positions counted from one on; the first may be before it */
    from(position: number) {
      const next = all.findIndex(([at]) => at > position)
      const first = Math.max(0, next < 0 ? all.length - 1 : next - 1, all.length - timesMax)
      return all.slice(first).map(([at, ms]) => [Math.max(0, at - position), ms] as const)
    },
  }
}
