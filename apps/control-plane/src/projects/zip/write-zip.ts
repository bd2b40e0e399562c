import { promisify } from "node:util"
import { crc32, deflateRaw } from "node:zlib"
import { usualMode } from "@vibecaas/kernel/usual-mode"

const deflate = promisify(deflateRaw)

/** A file as it goes into an archive. */
export interface Packed {
  path: string
  content: Buffer
}

/** what each archive's files are dated; versions of files have no times of their own */
interface Dated {
  /** two 16-bit words of MS-DOS */
  date: number
  time: number
}

/**
 * A ZIP archive piece by piece: each file is packed when it is asked for, so no archive is ever held whole.
 * By APPNOTE.TXT 6.3: names are UTF-8 (bit 11), sizes stand before the bytes.
 */
export async function* writeZip(
  files: AsyncIterable<Packed>,
  at: Date,
): AsyncGenerator<Buffer, void> {
  const dated = dosTime(at)
  const central: Buffer[] = []
  let offset = 0
  for await (const { path, content } of files) {
    const packed = await deflate(content)
    const small = packed.length < content.length
    const body = small ? packed : content
    const name = Buffer.from(path)
    const common = commonOf({ name, content, body, method: small ? 8 : 0, dated })
    yield Buffer.concat([word32(0x04034b50), common, word16(0), name])
    yield body
    central.push(entryOf({ common, name, offset, mode: usualMode(content) }))
    offset += 4 + common.length + 2 + name.length + body.length
  }
  const directory = Buffer.concat(central)
  yield directory
  yield Buffer.concat([
    word32(0x06054b50),
    ...[0, 0, central.length, central.length].map(word16),
    word32(directory.length),
    word32(offset),
    word16(0),
  ])
}

/** What the header of a file and its entry in the directory have in common. */
function commonOf(of: {
  name: Buffer
  content: Buffer
  body: Buffer
  method: number
  dated: Dated
}): Buffer {
  return Buffer.concat([
    ...[20, 0x0800, of.method, of.dated.time, of.dated.date].map(word16),
    ...[crc32(of.content), of.body.length, of.content.length].map(word32),
    word16(of.name.length),
  ])
}

function entryOf(of: { common: Buffer; name: Buffer; offset: number; mode: number }): Buffer {
  const rest = [0, 0, 0, 0].map(word16) // no extra field, comment, disk or attributes of its own
  // Made on UNIX: an ordinary file that its owner writes and everybody reads, and runs if it can be run.
  const mode = word32(((0o100000 | of.mode) << 16) >>> 0)
  const madeBy = word16(0x0314)
  return Buffer.concat([
    ...[word32(0x02014b50), madeBy, of.common, ...rest, mode, word32(of.offset), of.name],
  ])
}

function dosTime(at: Date): Dated {
  const year = Math.max(1980, at.getUTCFullYear()) - 1980
  return {
    date: (year << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate(),
    time: (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1),
  }
}

function word16(value: number): Buffer {
  const word = Buffer.alloc(2)
  word.writeUInt16LE(value)
  return word
}

function word32(value: number): Buffer {
  const word = Buffer.alloc(4)
  word.writeUInt32LE(value)
  return word
}
