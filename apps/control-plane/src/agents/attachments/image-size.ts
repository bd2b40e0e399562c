/** What a file's first bytes say of an image. */
export interface ImageHead {
  mediaType: "image/png" | "image/jpeg" | "image/gif" | "image/webp"
  width: number
  height: number
}

/** Reads what an image is and its size in pixels from its bytes; undefined when it is none, or damaged. */
export function imageHead(bytes: Buffer): ImageHead | undefined {
  for (const read of [png, jpeg, gif, webp]) {
    const head = read(bytes)
    if (head && head.width > 0 && head.height > 0) return head
  }
  return undefined
}

const says = (bytes: Buffer, at: number, text: string) =>
  bytes.toString("latin1", at, at + text.length) === text

/** A signature, then chunks: a length, a name, data and a sum each; the first has the size, IEND ends it. */
function png(bytes: Buffer): ImageHead | undefined {
  if (!says(bytes, 0, "\x89PNG\r\n\x1a\n") || !says(bytes, 12, "IHDR") || bytes.length < 45) {
    return undefined
  }
  let at = 8
  while (at + 12 <= bytes.length && !says(bytes, at + 4, "IEND")) at += 12 + bytes.readUInt32BE(at)
  if (!says(bytes, at + 4, "IEND")) return undefined
  return { mediaType: "image/png", width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
}

/** Segments of a marker and a length; the frame's header (SOF) has the size. */
function jpeg(bytes: Buffer): ImageHead | undefined {
  if (!says(bytes, 0, "\xff\xd8\xff")) return undefined
  for (let at = 2; at + 9 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return undefined
    const marker = bytes[at + 1] ?? 0
    if (isFrame(marker)) {
      const [height, width] = [bytes.readUInt16BE(at + 5), bytes.readUInt16BE(at + 7)]
      return { mediaType: "image/jpeg", width, height }
    }
    // Bytes that only fill up to the next marker.
    at += marker === 0xff ? 1 : 2 + bytes.readUInt16BE(at + 2)
  }
  return undefined
}

/** SOF0 to SOF15 without DHT, JPG and DAC, which stand among them. */
const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

function gif(bytes: Buffer): ImageHead | undefined {
  if (!(says(bytes, 0, "GIF87a") || says(bytes, 0, "GIF89a")) || bytes.length < 14) return undefined
  return { mediaType: "image/gif", width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) }
}

/** RIFF with one of three kinds of first chunk (developers.google.com/speed/webp/docs/riff_container). */
function webp(bytes: Buffer): ImageHead | undefined {
  if (!says(bytes, 0, "RIFF") || !says(bytes, 8, "WEBP") || bytes.length < 30) return undefined
  if (bytes.readUInt32LE(4) + 8 > bytes.length) return undefined
  const mediaType = "image/webp"
  if (says(bytes, 12, "VP8X")) {
    return { mediaType, width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 }
  }
  if (says(bytes, 12, "VP8L")) {
    const bits = bytes.readUInt32LE(21)
    return { mediaType, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
  }
  if (!says(bytes, 12, "VP8 ")) return undefined
  const [width, height] = [bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff]
  return { mediaType, width, height }
}
