// What an image is, by its bytes: names and types that browsers send are not believed. What a camera
// wrote into it about place, time and owner is left out.
import { Refusal } from "./http.js"
import { readJpeg } from "./jpeg.js"
import { readPng } from "./png.js"
import { readWebp } from "./webp.js"

const pixelsMost = 60_000_000
const sideMost = 16_000

const kinds = [
  { type: "image/jpeg", ending: "jpg", begins: [[0, "ffd8ff"]], read: readJpeg },
  { type: "image/png", ending: "png", begins: [[0, "89504e470d0a1a0a"]], read: readPng },
  { type: "image/gif", ending: "gif", begins: [[0, "47494638"]], read: readGif },
  {
    ...{ type: "image/webp", ending: "webp", read: readWebp },
    begins: [
      [0, "52494646"],
      [8, "57454250"],
    ],
  },
]

/** `{ type, ending, width, height, bytes }` of an image; a Refusal (415, 422) of anything else. */
export function readImage(bytes) {
  const kind = kinds.find(({ begins }) =>
    begins.every(([at, hex]) => bytes.subarray(at, at + hex.length / 2).toString("hex") === hex),
  )
  if (!kind) throw new Refusal(415, "That is no JPEG, PNG, WebP or GIF.")
  const read = readOrNothing(kind, bytes)
  if (!read?.width || !read.height) throw new Refusal(422, "The image is damaged.")
  const { width, height } = read
  if (width > sideMost || height > sideMost || width * height > pixelsMost)
    throw new Refusal(422, "The image has too many pixels.")
  return { type: kind.type, ending: kind.ending, bytes, ...read }
}

/** Reading beyond the end of a damaged file throws a RangeError. */
function readOrNothing({ read }, bytes) {
  try {
    return read(bytes)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function readGif(bytes) {
  return { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) }
}
