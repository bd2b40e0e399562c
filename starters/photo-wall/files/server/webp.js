// WebP: a RIFF file whose chunks have a name, a length and their bytes, filled up to an even length.

const talk = new Set(["EXIF", "XMP "])
/** bits of the head that say Exif and XMP follow */
const talkBits = 0x08 | 0x04

/** Size and bytes of a WebP without what was written about it. */
export function readWebp(bytes) {
  if (bytes.readUInt32LE(4) + 8 > bytes.length) return undefined
  const kept = []
  let size
  for (let at = 12; at + 8 <= bytes.length; ) {
    const name = bytes.subarray(at, at + 4).toString("latin1")
    const length = bytes.readUInt32LE(at + 4)
    const end = at + 8 + length + (length % 2)
    if (at + 8 + length > bytes.length) return undefined
    const chunk = Buffer.from(bytes.subarray(at, end))
    size ??= sizes[name]?.(chunk)
    if (name === "VP8X") chunk[8] &= ~talkBits
    if (!talk.has(name)) kept.push(chunk)
    at = end
  }
  if (!size) return undefined
  const body = Buffer.concat(kept)
  const head = Buffer.from("RIFF....WEBP", "latin1")
  head.writeUInt32LE(body.length + 4, 4)
  return { ...size, bytes: Buffer.concat([head, body]) }
}

const sizes = {
  VP8X: (chunk) => ({ width: chunk.readUIntLE(12, 3) + 1, height: chunk.readUIntLE(15, 3) + 1 }),
  "VP8 ": (chunk) => ({
    width: chunk.readUInt16LE(14) & 0x3fff,
    height: chunk.readUInt16LE(16) & 0x3fff,
  }),
  VP8L(chunk) {
    const bits = chunk.readUInt32LE(9)
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
  },
}
