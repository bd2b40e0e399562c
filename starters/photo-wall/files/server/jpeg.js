// JPEG: segments, each with a marker and a length; a scan has its packed picture behind it.

const startOfScan = 0xda
const endOfImage = 0xd9
/** markers of frames, which say how large the picture is; the gaps are other things */
const isFrame = (marker) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

/** What cameras and programs tell of themselves: comments, and APP1 to APP15 but for colours. */
function isTalk(marker, content) {
  if (marker === 0xfe) return true
  if (marker < 0xe1 || marker > 0xef || marker === 0xee) return false
  return marker !== 0xe2 || content.subarray(0, 11).toString("latin1") !== "ICC_PROFILE"
}

/**
 * Size and bytes of a JPEG without what was written about it, but for which side is up. What follows
 * the end of the picture, such as a second one for previews, is left out, too.
 */
export function readJpeg(bytes) {
  const found = { kept: [], size: undefined, turned: 1 }
  for (let at = 2; bytes.readUInt8(at + 1) !== endOfImage; ) {
    if (bytes.readUInt8(at) !== 0xff) return undefined
    const end = readSegment(bytes, at, found)
    if (end === undefined) return undefined
    at = end
  }
  const { kept, size, turned } = found
  if (!size) return undefined
  const [start, stop] = [Buffer.from("ffd8", "hex"), Buffer.from("ffd9", "hex")]
  const orientation = turned > 1 ? [orientationSegment(turned)] : []
  return { ...upright(size, turned), bytes: Buffer.concat([start, ...orientation, ...kept, stop]) }
}

/** Looks at the segment at `at` and answers where the next one is; nothing when it is damaged. */
function readSegment(bytes, at, found) {
  const marker = bytes.readUInt8(at + 1)
  const length = bytes.readUInt16BE(at + 2)
  const content = bytes.subarray(at + 4, at + 2 + length)
  if (length < 2 || content.length < length - 2) return undefined
  if (isFrame(marker))
    found.size = { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) }
  if (marker === 0xe1) found.turned = orientationIn(content) ?? found.turned
  const end = marker === startOfScan ? endOfScan(bytes, at + 2 + length) : at + 2 + length
  if (!isTalk(marker, content)) found.kept.push(bytes.subarray(at, end))
  return end
}

/** In a packed picture 0xff is followed by 0, or by a mark to begin anew (0xd0 to 0xd7). */
function endOfScan(bytes, from) {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes.readUInt8(at + 1)
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at
  }
  return undefined
}

/** Pictures that a camera took on its side are as high as they are wide in the file. */
const upright = ({ width, height }, turned) =>
  turned >= 5 ? { width: height, height: width } : { width, height }

/** The orientation (1 to 8) in a segment of Exif; nothing when it has none. */
function orientationIn(exif) {
  if (exif.subarray(0, 6).toString("latin1") !== "Exif\0\0" || exif.length < 16) return undefined
  const tiff = exif.subarray(6)
  const little = tiff.subarray(0, 2).toString("latin1") === "II"
  const short = (at) => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const first = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  if (first + 2 > tiff.length) return undefined
  for (let entry = 0; entry < short(first); entry++) {
    const at = first + 2 + entry * 12
    if (at + 12 > tiff.length) return undefined
    if (short(at) === 0x0112) return short(at + 8) <= 8 ? short(at + 8) : undefined
  }
}

/** The smallest Exif that says which side is up, and nothing else. */
function orientationSegment(turned) {
  const parts = ["ffe10022457869660000", "4d4d002a00000008", "0001", "011200030000000100"]
  return Buffer.concat([Buffer.from(parts.join(""), "hex"), Buffer.from([turned]), Buffer.alloc(6)])
}
