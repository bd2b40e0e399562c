// PNG: chunks, each with a length, a name, its bytes and a checksum.

/** what programs tell of themselves and of places */
const talk = new Set(["eXIf", "tEXt", "zTXt", "iTXt", "tIME"])

/** Size and bytes of a PNG without what was written about it. */
export function readPng(bytes) {
  const kept = [bytes.subarray(0, 8)]
  for (let at = 8; at < bytes.length; ) {
    const end = at + 12 + bytes.readUInt32BE(at)
    if (end > bytes.length) return undefined
    const name = bytes.subarray(at + 4, at + 8).toString("latin1")
    if (at === 8 && name !== "IHDR") return undefined
    if (!talk.has(name)) kept.push(bytes.subarray(at, end))
    if (name === "IEND") return { ...sizeOf(bytes), bytes: Buffer.concat(kept) }
    at = end
  }
  return undefined
}

const sizeOf = (bytes) => ({ width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) })
