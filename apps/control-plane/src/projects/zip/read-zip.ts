import { promisify } from "node:util"
import { crc32, inflateRaw } from "node:zlib"
import { fault } from "@vibecaas/kernel/fault"

const inflate = promisify(inflateRaw)

/** One entry of an archive's directory. */
export interface ZipEntry {
  path: string
  /** bytes once it is unpacked, as the archive says: more is never unpacked */
  size: number
  kind: "file" | "folder" | "other"
  /** @throws Fault `invalid` when its bytes are not what the directory says */
  read(): Promise<Buffer>
}

const endLength = 22
const entryLength = 46

/**
 * The directory of a ZIP archive. Nothing is unpacked before it is asked for, and then no more than the
 * directory says, so a small archive cannot become a large one unseen.
 *
 * @param entriesMax refuses an archive of more
 * @throws Fault `invalid`, `too_large`
 */
export function readZip(archive: Buffer, entriesMax: number): ZipEntry[] {
  const end = findEnd(archive)
  const count = archive.readUInt16LE(end + 10)
  let at = archive.readUInt32LE(end + 16)
  if (count === 0xffff || at === 0xffffffff) throw broken("its directory is too large")
  if (count > entriesMax) {
    throw fault("too_large", { say: `The archive has ${count} files; at most ${entriesMax} fit.` })
  }
  const entries: ZipEntry[] = []
  for (let n = 0; n < count; n++) {
    if (at + entryLength > end || archive.readUInt32LE(at) !== 0x02014b50) {
      throw broken("its directory cannot be read")
    }
    const lengths = [28, 30, 32].map((place) => archive.readUInt16LE(at + place))
    const [name = 0, extra = 0, comment = 0] = lengths
    entries.push(readEntry(archive, at, name))
    at += entryLength + name + extra + comment
  }
  return entries
}

/** The last 64 KiB may be a comment. */
function findEnd(archive: Buffer): number {
  const first = Math.max(0, archive.length - endLength - 0xffff)
  for (let at = archive.length - endLength; at >= first; at--) {
    if (archive.readUInt32LE(at) === 0x06054b50) return at
  }
  throw broken("it is no ZIP archive, or its end is missing")
}

function readEntry(archive: Buffer, at: number, nameLength: number): ZipEntry {
  const name = archive.subarray(at + entryLength, at + entryLength + nameLength).toString("utf8")
  const mode = archive.readUInt32LE(at + 38) >>> 16
  const entry = {
    flags: archive.readUInt16LE(at + 8),
    method: archive.readUInt16LE(at + 10),
    crc: archive.readUInt32LE(at + 16),
    packed: archive.readUInt32LE(at + 20),
    size: archive.readUInt32LE(at + 24),
    offset: archive.readUInt32LE(at + 42),
  }
  return {
    path: name,
    size: entry.size,
    kind: kindOf(name, mode),
    read: () => unpack(archive, name, entry),
  }
}

/** Archives of Windows say no mode. */
function kindOf(name: string, mode: number): ZipEntry["kind"] {
  if (name.endsWith("/")) return "folder"
  const type = mode & 0o170000
  return type === 0 || type === 0o100000 ? "file" : "other"
}

async function unpack(
  archive: Buffer,
  name: string,
  entry: Record<"flags" | "method" | "crc" | "packed" | "size" | "offset", number>,
): Promise<Buffer> {
  if (entry.flags & 1) throw broken(`${name} is locked by a password`)
  const { offset, packed, size, method } = entry
  if (offset + 30 > archive.length || archive.readUInt32LE(offset) !== 0x04034b50) {
    throw broken(`${name} is not where the directory says`)
  }
  const lengths = archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28)
  const begin = offset + 30 + lengths
  const bytes = archive.subarray(begin, begin + packed)
  const content = await inflated(bytes, { name, method, size })
  if (content.length !== size || crc32(content) !== entry.crc) {
    throw broken(`${name} is not what the directory says`)
  }
  return content
}

async function inflated(
  bytes: Buffer,
  { name, method, size }: { name: string; method: number; size: number },
): Promise<Buffer> {
  if (method === 0) return bytes
  if (method !== 8) throw broken(`${name} is packed in a way that is not known here`)
  try {
    return await inflate(bytes, { maxOutputLength: Math.max(size, 1) })
  } catch {
    throw broken(`${name} is not what the directory says`)
  }
}

function broken(why: string) {
  return fault("invalid", { say: `The archive cannot be used: ${why}.` })
}
