// Small images, byte by byte, with things written into them that must not get onto the wall.

/** what cameras write about where a photo was taken */
export const secret = "52.5200N 13.4050E"

function segment(marker, content) {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(content.length + 2)
  return Buffer.concat([Buffer.from([0xff, marker]), length, content])
}

/** Exif as a camera writes it: an orientation, and then the place. */
function exif(orientation) {
  const head = Buffer.from("45786966000049492a00080000000100", "hex")
  const entry = Buffer.from([0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0])
  return Buffer.concat([head, entry, Buffer.from(secret)])
}

/** A JPEG of 4 × 2 in the file, with place, comment, and a second picture behind it. */
export function jpeg({ orientation = 1 } = {}) {
  const scan = Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56])
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, Buffer.from("JFIF\0")),
    segment(0xe1, exif(orientation)),
    segment(0xe2, Buffer.from("ICC_PROFILE\0colours")),
    segment(0xe2, Buffer.from(`MPF\0${secret}`)),
    segment(0xfe, Buffer.from(secret)),
    segment(0xc0, Buffer.from([8, 0, 2, 0, 4, 1, 1, 0x11, 0])),
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    ...[scan, Buffer.from([0xff, 0xd9]), Buffer.from(secret)],
  ])
}

function chunk(name, content) {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  return Buffer.concat([length, Buffer.from(name), content, Buffer.alloc(4)])
}

export function png({ width = 3, height = 5 } = {}) {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  return Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    ...[
      chunk("IHDR", head),
      chunk("tEXt", Buffer.from(secret)),
      chunk("eXIf", Buffer.from(secret)),
    ],
    ...[chunk("IDAT", Buffer.from("pixels")), chunk("IEND", Buffer.alloc(0))],
  ])
}

function riff(name, content) {
  const head = Buffer.alloc(8)
  head.write(name, "latin1")
  head.writeUInt32LE(content.length, 4)
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)])
}

export function webp() {
  const head = Buffer.from([0x0c, 0, 0, 0, 6, 0, 0, 8, 0, 0])
  const body = Buffer.concat([
    riff("VP8X", head),
    riff("VP8 ", Buffer.from("pixels....")),
    riff("EXIF", Buffer.from(secret)),
  ])
  const start = Buffer.from("RIFF....WEBP", "latin1")
  start.writeUInt32LE(body.length + 4, 4)
  return Buffer.concat([start, body])
}

export const gif = () =>
  Buffer.concat([Buffer.from("GIF89a"), Buffer.from([9, 0, 8, 0, 0, 0, 0, 0x3b])])
