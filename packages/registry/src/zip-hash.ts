import { createHash } from "node:crypto"
import type { FileHandle } from "node:fs/promises"
import { pipeline } from "node:stream/promises"
import { createInflateRaw } from "node:zlib"
import { Refusal } from "./refusal.ts"

/** Most that the files of one archive may be together: a module has at most so much. */
const unpackedBytesMax = 512 * 1024 * 1024
const directoryBytesMax = 64 * 1024 * 1024
const entriesMax = 65_534
const chunkBytes = 256 * 1024

interface Entry {
  name: Buffer
  method: number
  packedBytes: number
  at: number
}

/**
 * The hash that go.sum has of an archive: not of its bytes, but of the names and the content of its files.
 *
 * @throws Refusal 403 for what is no such archive, 413 for one that unpacks to too much
 */
export async function hashOfZip(file: FileHandle): Promise<string> {
  const lines: { name: Buffer; line: string }[] = []
  let left = unpackedBytesMax
  for (const entry of await entriesOf(file)) {
    const hash = createHash("sha256")
    await readEntry(file, entry, (chunk) => {
      left -= chunk.length
      if (left < 0) throw new Refusal(413, "This module unpacks to more than a module may have.")
      hash.update(chunk)
    })
    lines.push({ name: entry.name, line: `${hash.digest("hex")}  ${entry.name}\n` })
  }
  lines.sort((one, other) => Buffer.compare(one.name, other.name))
  const all = createHash("sha256")
  for (const { line } of lines) all.update(line)
  return all.digest("hex")
}

async function entriesOf(file: FileHandle): Promise<Entry[]> {
  const { size } = await file.stat()
  const tail = await readAt(file, Math.max(0, size - 65_557), Math.min(size, 65_557))
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  if (end < 0 || tail.length < end + 22) throw broken()
  const count = tail.readUInt16LE(end + 10)
  const bytes = tail.readUInt32LE(end + 12)
  const at = tail.readUInt32LE(end + 16)
  if (count > entriesMax || bytes > directoryBytesMax || at + bytes > size) throw broken()
  const directory = await readAt(file, at, bytes)
  const entries: Entry[] = []
  const names = new Set<string>()
  for (let from = 0; entries.length < count; ) {
    const { entry, length } = entryAt(directory, from)
    if (names.has(String(entry.name))) throw broken()
    names.add(String(entry.name))
    entries.push(entry)
    from += length
  }
  return entries
}

function entryAt(directory: Buffer, from: number): { entry: Entry; length: number } {
  if (from + 46 > directory.length || directory.readUInt32LE(from) !== 0x02014b50) throw broken()
  const nameLength = directory.readUInt16LE(from + 28)
  const others = directory.readUInt16LE(from + 30) + directory.readUInt16LE(from + 32)
  const name = directory.subarray(from + 46, from + 46 + nameLength)
  // Its line in the hash would be two.
  if (name.length !== nameLength || name.includes("\n")) throw broken()
  const entry = {
    name,
    method: directory.readUInt16LE(from + 10),
    packedBytes: directory.readUInt32LE(from + 20),
    at: directory.readUInt32LE(from + 42),
  }
  return { entry, length: 46 + nameLength + others }
}

async function readEntry(
  file: FileHandle,
  { method, packedBytes, at }: Entry,
  take: (chunk: Buffer) => void,
): Promise<void> {
  const head = await readAt(file, at, 30)
  if (head.readUInt32LE(0) !== 0x04034b50 || (method !== 0 && method !== 8)) throw broken()
  if (packedBytes === 0) return
  const start = at + 30 + head.readUInt16LE(26) + head.readUInt16LE(28)
  const packed = bytesOf(file, { start, length: packedBytes })
  const takeAll = async (content: AsyncIterable<Buffer>) => {
    for await (const chunk of content) take(chunk)
  }
  if (method === 0) return takeAll(packed)
  await inflate(packed, takeAll)
}

async function inflate(
  packed: AsyncIterable<Buffer>,
  takeAll: (content: AsyncIterable<Buffer>) => Promise<void>,
): Promise<void> {
  try {
    await pipeline(packed, createInflateRaw(), takeAll)
  } catch (error) {
    throw error instanceof Refusal ? error : broken()
  }
}

async function* bytesOf(
  file: FileHandle,
  { start, length }: { start: number; length: number },
): AsyncGenerator<Buffer> {
  for (let at = 0; at < length; at += chunkBytes)
    yield await readAt(file, start + at, Math.min(chunkBytes, length - at))
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
  if (bytesRead !== length) throw broken()
  return buffer
}

const broken = () =>
  new Refusal(403, "The archive of this module is not whole. It was not installed.")
