import { PassThrough, type Readable } from "node:stream"
import type { MuxStream } from "../guest-mux.ts"

/**
 * What the host sends on a stream; what is not read here is not granted there. To be called at once:
 * what comes before anybody listens is lost.
 */
export function inputOf(stream: MuxStream): Readable {
  const input = new PassThrough()
  stream.events = {
    data: (bytes) => void input.write(bytes, () => stream.grant(bytes)),
    end: () => void input.end(),
    closed: () => void input.destroy(),
  }
  return input
}
