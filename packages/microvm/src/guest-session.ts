import { randomBytes } from "node:crypto"
import type { Duplex } from "node:stream"
import type { Clock } from "@vibecaas/kernel/clock"
import { inTime } from "@vibecaas/kernel/in-time"
import type { GuestRequest } from "./agent/ops.ts"
import { Mux, type MuxStream, type StreamEvents } from "./guest-mux.ts"
import {
  decodeJson,
  frameType,
  makeFrameReader,
  makeSyncFinder,
  protocolVersion,
  syncMessage,
} from "./guest-protocol.ts"
import { silentGuest } from "./guest-replies.ts"

export interface SessionOptions {
  clock: Clock
  /** longest wait for the agent's hello */
  helloTimeoutMs?: number
}

/** The host's end of one session with an agent. Everything the agent sends may be hostile. */
export interface GuestSession {
  open(request: GuestRequest, events: StreamEvents): MuxStream
  close(): void
  /** called once, when the session ends for whatever reason */
  onEnd(listener: () => void): void
}

/** bytes of an earlier session that may still come before the echo of our sync message */
const staleBytesMax = 4 * 1024 * 1024
/** more than this waiting to be sent means that the agent has stopped reading */
const unsentBytesMax = 64 * 1024 * 1024

/** @throws Fault `guest_silent` when no agent of our version answers in time */
export async function openSession(pipe: Duplex, options: SessionOptions): Promise<GuestSession> {
  const ended = Promise.withResolvers<void>()
  const hello = Promise.withResolvers<void>()
  const close = (error?: Error) => {
    mux.close(error?.message ?? "the session ended")
    hello.reject(error ?? new Error("the stream closed"))
    pipe.destroy()
    ended.resolve()
  }
  const send = (frame: Buffer) => {
    if (pipe.writableLength > unsentBytesMax) return close(new Error("the agent does not read"))
    if (!pipe.destroyed) pipe.write(frame)
  }
  const mux = new Mux({ send })
  const receive = makeReceiver(mux, hello.resolve)
  pipe.on("data", (chunk: Buffer) => {
    try {
      receive.push(chunk)
    } catch (error) {
      close(error instanceof Error ? error : undefined)
    }
  })
  pipe.on("error", close)
  pipe.on("end", () => close())
  pipe.on("close", () => close())
  pipe.write(receive.sync)

  const limit = { clock: options.clock, ms: options.helloTimeoutMs ?? 10_000 }
  const late = () => {
    close(new Error("no hello in time"))
    return hello.promise
  }
  await inTime(limit, hello.promise, late).catch((error) => {
    throw silentGuest(error)
  })
  return {
    open: (request, events) => mux.open(request, events),
    close: () => close(),
    onEnd: (listener) => void ended.promise.then(listener),
  }
}

/** Bytes to frames to streams: first the echo of our sync message, then hello, then the rest. */
function makeReceiver(mux: Mux, greeted: () => void) {
  const sync = syncMessage(randomBytes(16))
  const find = makeSyncFinder(sync)
  const read = makeFrameReader()
  let stale = 0
  let synced = false
  let hello = false

  const frames = (chunk: Buffer) => {
    for (const frame of read(chunk)) {
      if (hello) mux.receive(frame)
      else {
        if (frame.type !== frameType.hello) throw new Error("the first frame is not hello")
        const { version } = Object(decodeJson(frame.payload))
        if (version !== protocolVersion) throw new Error(`agent speaks version ${version}`)
        hello = true
        greeted()
      }
    }
  }
  const push = (chunk: Buffer) => {
    if (synced) return frames(chunk)
    stale += chunk.length
    if (stale > staleBytesMax) throw new Error("no echo of the sync message")
    const found = find(chunk)
    if (!found) return
    synced = true
    frames(found.rest)
  }
  return { sync, push }
}
