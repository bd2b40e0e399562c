import { type Readable, Transform } from "node:stream"
import { pipeline } from "node:stream/promises"
import { fault } from "@vibecaas/kernel/fault"
import * as tar from "tar"

const layerBytesMax = 1536 * 1024 * 1024
const entriesMax = 200_000
const layerTime = new Date("2020-01-01T00:00:00Z")

/**
 * Writes files, folders and links that stay inside, readable by all and with no other rights. The
 * archive comes from a machine, and may be anything.
 *
 * @param take is asked for each part's bytes before they are written, and throws when there is no room
 * @throws Fault `too_large`, `guest_broken`, `disk_full`
 */
export async function unpackLayer(
  archive: Readable,
  { folder, take }: { folder: string; take(bytes: number): Promise<void> },
): Promise<void> {
  let entries = 0
  const unpacker = tar.extract({
    cwd: folder,
    strict: true,
    preserveOwner: false,
    chmod: true,
    processUmask: 0,
    umask: 0o022,
    fmode: 0o644,
    dmode: 0o755,
    filter: (_path, entry) => {
      if (++entries > entriesMax) return false
      if (!("type" in entry)) return false
      // What compares times finds nothing in a layer newer than anything else in one.
      entry.mtime = layerTime
      return ["File", "OldFile", "Directory", "SymbolicLink"].includes(entry.type)
    },
  })
  try {
    await pipeline(archive, makeMeter(take), unpacker)
  } catch (error) {
    throw asFault(error)
  }
  if (entries > entriesMax) throw tooLarge()
}

/** Counts what passes. What is compressed would become more than was counted. */
function makeMeter(take: (bytes: number) => Promise<void>): Transform {
  let bytes = 0
  let head = Buffer.of()
  const pass = async (chunk: Buffer) => {
    if (head.length < 2) head = Buffer.concat([head, chunk.subarray(0, 2)])
    if (head[0] === 0x1f && head[1] === 0x8b) throw broken("the archive is compressed")
    bytes += chunk.length
    if (bytes > layerBytesMax) throw tooLarge()
    await take(chunk.length)
    return chunk
  }
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      pass(chunk).then((passed) => done(null, passed), done)
    },
  })
}

function tooLarge() {
  return fault("too_large", {
    say: `That is more than ${layerBytesMax / 1024 / 1024} MiB or ${entriesMax} files, which is the most that the platform keeps.`,
  })
}

const broken = (cause: unknown) =>
  fault("guest_broken", { say: "The machine sent what cannot be unpacked.", cause })

function asFault(error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : ""
  return code.startsWith("TAR_") ? broken(error) : error
}
