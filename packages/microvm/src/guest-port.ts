import { Duplex } from "node:stream"
import type { MuxStream, StreamEvents } from "./guest-mux.ts"

/**
 * A connection into the machine as a Node stream: what is not read here is not granted there, so
 * a slow reader slows the app down instead of filling memory.
 */
export function makePortStream(open: (events: StreamEvents) => MuxStream): {
  duplex: Duplex
  opened: Promise<void>
} {
  const opened = Promise.withResolvers<void>()
  let unread: Buffer[] = []
  let ended = false
  const duplex = new Duplex({
    allowHalfOpen: true,
    read() {
      for (const bytes of unread.splice(0)) stream.grant(bytes)
    },
    write(chunk: Buffer, _encoding, done) {
      stream.send(chunk).then((sent) => done(sent ? null : closedError()), done)
    },
    final(done) {
      stream.end()
      done()
    },
    destroy(error, done) {
      unread = []
      stream.cancel()
      done(error)
    },
  })
  const stream = open({
    data: (bytes) => {
      unread.push(bytes)
      duplex.push(bytes)
    },
    end: () => {
      ended = true
      duplex.push(null)
    },
    opened: () => opened.resolve(),
    fail: (code, message) => opened.reject(new Error(`${code}: ${message}`)),
    closed: (reason) => {
      opened.reject(closedError())
      // After its end a connection has only what is not read yet to lose.
      if (ended && duplex.readableEnded) duplex.destroy()
      else if (ended) duplex.once("end", () => duplex.destroy())
      else if (reason === "result") duplex.push(null)
      else duplex.destroy(closedError())
    },
  })
  // A connection that fails later must not end the process for want of a listener.
  duplex.on("error", () => {})
  return { duplex, opened: opened.promise }
}

const closedError = () => Object.assign(new Error("connection closed"), { code: "ECONNRESET" })
