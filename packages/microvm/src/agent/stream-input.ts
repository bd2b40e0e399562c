import { PassThrough, type Readable, type Writable } from "node:stream"
import type { MuxStream } from "../guest-mux.ts"

/**
 * What the host sends on a stream; what is not read here is not granted there. To be called at once:
 * what comes before anybody listens is lost.
 */
export function inputOf(stream: MuxStream): Readable {
  const input = new PassThrough()
  feed(stream, input)
  return input
}

/** Writes what the host sends into a stream of ours, and grants what that has taken. */
export function feed(stream: MuxStream, into: Writable): void {
  stream.events = {
    data: (bytes) => void into.write(bytes, () => stream.grant(bytes)),
    end: () => void into.end(),
    closed: () => void into.destroy(),
  }
}
