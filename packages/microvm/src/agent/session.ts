import { Mux } from "../guest-mux.ts"
import {
  encodeJson,
  frameType,
  makeFrameReader,
  makeSyncFinder,
  ProtocolError,
  protocolVersion,
} from "../guest-protocol.ts"
import { answer } from "./answer.ts"
import type { GuestRequest, Ops } from "./ops.ts"

export interface Session {
  /** bytes from the host, cut anywhere */
  push(chunk: Buffer): void
  /** the host went away: what belonged to this session ends; the app does not */
  end(): void
}

/**
 * One session after another over a byte stream. It knows no transport: a socket makes a session
 * for each connection; a serial port, which has no connections, keeps one for ever, and the sync
 * message separates the hosts that come and go.
 */
export function makeSession(ops: Ops, write: (bytes: Buffer) => void): Session {
  let mux: Mux | undefined
  let find = makeSyncFinder()
  let read = makeFrameReader()

  const end = () => {
    mux?.close("the session ended")
    mux = undefined
    find = makeSyncFinder()
    read = makeFrameReader()
  }
  const begin = (sync: Buffer) => {
    end()
    write(sync)
    write(encodeJson(0, frameType.hello, { version: protocolVersion }))
    mux = new Mux({
      send: write,
      // The host is trusted to send what its types say; a bad request only fails its stream.
      onOpen: (stream, request) => void answer(ops, stream, request as GuestRequest),
    })
  }
  const push = (chunk: Buffer): void => {
    if (!mux) {
      const found = find(chunk)
      if (!found) return
      begin(found.message)
      push(found.rest)
      return
    }
    try {
      for (const frame of read(chunk)) mux.receive(frame)
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error
      // Either a new host is syncing or this one is broken: both start over with a sync message.
      end()
      push(chunk)
    }
  }
  return { push, end }
}
