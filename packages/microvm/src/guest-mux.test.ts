import { expect, test } from "vitest"
import { Mux, type MuxStream } from "./guest-mux.ts"
import { dataFrameCost, makeFrameReader, payloadMax, streamWindow } from "./guest-protocol.ts"

/** Two ends joined by memory: what one sends the other has received. */
function muxPair(onOpen: (stream: MuxStream) => void) {
  const host: Mux = new Mux({ send: (frame) => void deliver(guest, readAtGuest, frame) })
  const guest: Mux = new Mux({ send: (frame) => void deliver(host, readAtHost, frame), onOpen })
  const readAtGuest = makeFrameReader()
  const readAtHost = makeFrameReader()
  return host
}

function deliver(to: Mux, read: ReturnType<typeof makeFrameReader>, bytes: Buffer): void {
  // In two pieces: frames arrive cut anywhere.
  for (const part of [bytes.subarray(0, 3), bytes.subarray(3)]) {
    for (const frame of read(part)) to.receive(frame)
  }
}

test("a sender stops at one window until the receiver has consumed", async () => {
  const sent = Promise.withResolvers<boolean>()
  const unread: Buffer[] = []
  const host = muxPair((stream) => void stream.send(Buffer.alloc(1e6, 1)).then(sent.resolve))
  const stream = host.open({}, { data: (bytes) => unread.push(Buffer.from(bytes)) })
  const held = () => unread.reduce((sum, bytes) => sum + bytes.length, 0)
  expect(held()).toBeLessThanOrEqual(streamWindow)
  expect(held()).toBeGreaterThan(streamWindow - payloadMax)

  let received = 0
  while (received < 1e6) {
    const bytes = unread.shift()
    if (!bytes) await Promise.resolve()
    else {
      received += bytes.length
      stream.grant(bytes)
    }
  }
  expect(await sent.promise).toBe(true)
})

test("a closed stream releases its waiting sender", async () => {
  const sent = Promise.withResolvers<boolean>()
  const host = muxPair((stream) => void stream.send(Buffer.alloc(1e6, 1)).then(sent.resolve))
  host.open({}, { data: () => {} }).cancel()
  expect(await sent.promise).toBe(false)
})

test("many tiny pieces cost credit too", async () => {
  let pieces = 0
  const host = muxPair(async (stream) => {
    while (await stream.send(Buffer.from("x"))) pieces += 1
  })
  const stream = host.open({}, { data: () => {} })
  for (let turn = 0; turn < 100_000; turn++) await Promise.resolve()
  expect(pieces).toBeLessThanOrEqual(streamWindow / dataFrameCost)
  stream.cancel()
})

test("streams are counted", () => {
  const host = muxPair(() => {})
  for (let n = 0; n < 128; n++) host.open({}, {})
  expect(() => host.open({}, {})).toThrow("too many open streams")
})
