/**
 * The guest protocol: framed streams over any byte stream between host and guest agent.
 *
 * A frame is `u32 length | u32 stream | u8 type | payload`, where length counts what follows it.
 * The host starts a session with a sync message: a magic number and a nonce. The agent drops every
 * byte before it, ends what an earlier session left, and echoes it; the host drops bytes until the
 * echo. Both then say hello with their version. Only the host opens streams, by rising numbers.
 * Neither side sends more data on a stream than it was given credit for.
 */
export const protocolVersion = 2

/** most bytes after the frame header */
export const payloadMax = 64 * 1024
/** bytes a side may send on one stream before the other has granted more */
export const streamWindow = 256 * 1024
/** what each data frame costs in credit on top of its bytes, so that tiny frames are not free */
export const dataFrameCost = 64
/** open streams of one session */
export const streamsMax = 128

export const frameType = {
  hello: 0,
  open: 1,
  opened: 2,
  data: 3,
  end: 4,
  result: 5,
  fail: 6,
  credit: 7,
  cancel: 8,
} as const

export interface Frame {
  stream: number
  type: number
  payload: Buffer
}

/** The other side broke the protocol: the session is over. */
export class ProtocolError extends Error {
  override name = "ProtocolError"
}

export function encodeFrame(stream: number, type: number, payload: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(9 + payload.length)
  frame.writeUInt32BE(5 + payload.length, 0)
  frame.writeUInt32BE(stream, 4)
  frame[8] = type
  frame.set(payload, 9)
  return frame
}

export function encodeJson(stream: number, type: number, value: unknown): Buffer {
  const payload = Buffer.from(JSON.stringify(value ?? null))
  if (payload.length > payloadMax) throw new ProtocolError("message larger than a frame")
  return encodeFrame(stream, type, payload)
}

/** @throws ProtocolError when the payload is not JSON */
export function decodeJson(payload: Buffer): unknown {
  try {
    return JSON.parse(payload.toString("utf8"))
  } catch {
    throw new ProtocolError("payload is not JSON")
  }
}

/** Cuts a byte stream into frames; keeps at most one unfinished frame. */
export function makeFrameReader(): (chunk: Buffer) => Generator<Frame> {
  let rest: Buffer = Buffer.alloc(0)
  return function* read(chunk) {
    let bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    while (bytes.length >= 9) {
      const length = bytes.readUInt32BE(0)
      if (length < 5 || length > payloadMax + 5) {
        throw new ProtocolError(`frame length ${length} is out of bounds`)
      }
      if (bytes.length < 4 + length) break
      // Moved on before the yield: a consumer that stops early must not see the frame again.
      const frame = {
        stream: bytes.readUInt32BE(4),
        type: bytes[8] ?? 0,
        payload: bytes.subarray(9, 4 + length),
      }
      bytes = bytes.subarray(4 + length)
      yield frame
    }
    // A copy: a short rest must not keep a large chunk alive.
    rest = Buffer.from(bytes)
  }
}

// The first four bytes, read as a length, are out of bounds: no frame looks like a sync message.
const magic = Buffer.from([0xff, 0xff, 0xff, 0xff, 0x56, 0x4d, 0x53, 0x59, 0x4e, 0x43, 0x31, 0x0a])
const nonceBytes = 16
export const syncBytes = magic.length + nonceBytes

export function syncMessage(nonce: Uint8Array): Buffer {
  return Buffer.concat([magic, Buffer.from(nonce).subarray(0, nonceBytes)])
}

export interface SyncFound {
  message: Buffer
  rest: Buffer
}

/**
 * Looks for a sync message in a stream; answers it and the bytes behind it once it is complete.
 *
 * @param expected the exact message to wait for; any sync message when absent
 */
export function makeSyncFinder(expected?: Buffer): (chunk: Buffer) => SyncFound | undefined {
  let seen: Buffer = Buffer.alloc(0)
  return (chunk) => {
    seen = Buffer.concat([seen, chunk])
    const at = seen.indexOf(expected ?? magic)
    if (at < 0) {
      seen = Buffer.from(seen.subarray(Math.max(0, seen.length - syncBytes)))
      return undefined
    }
    if (seen.length < at + syncBytes) return undefined
    const end = at + syncBytes
    return { message: Buffer.from(seen.subarray(at, end)), rest: Buffer.from(seen.subarray(end)) }
  }
}
