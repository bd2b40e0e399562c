import { constants, lstat, mkdir, open, rename, rm } from "node:fs/promises"
import type { MuxStream } from "../guest-mux.ts"
import { Refusal } from "./config.ts"
import type { Ops } from "./ops.ts"
import { inputOf } from "./stream-input.ts"

/** Sends the bytes of one regular file. */
export async function readFile(
  ops: Ops,
  stream: MuxStream,
  request: { path: string; maxBytes: number },
): Promise<void> {
  const path = await ops.paths.inside(request.path)
  // NONBLOCK: opening a named pipe must not hang the agent.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
  await using file = await open(path, flags)
  const { size, ...stats } = await file.stat()
  if ((stats.mode & constants.S_IFMT) !== constants.S_IFREG) {
    throw new Refusal("not_a_file", `${request.path} is not a regular file`)
  }
  if (size > request.maxBytes) throw new Refusal("too_large", `${request.path} has ${size} bytes`)
  const buffer = Buffer.alloc(64 * 1024)
  for (let sent = 0; sent < size; ) {
    const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, size - sent))
    if (bytesRead === 0) break
    sent += bytesRead
    if (!(await stream.send(buffer.subarray(0, bytesRead)))) return
  }
  stream.result({})
}

/**
 * Writes files from the stream: for each a `u32` length, that many bytes of JSON
 * `{path, size, mode}`, then its content. A file appears whole or not at all.
 */
export async function writeFiles(ops: Ops, stream: MuxStream): Promise<void> {
  const chunks: AsyncIterator<Buffer> = inputOf(stream)[Symbol.asyncIterator]()
  let left = Buffer.alloc(0)
  const files = await writeAll(ops, async (max) => {
    if (left.length === 0) left = (await chunks.next()).value ?? left
    const taken = left.subarray(0, max)
    left = left.subarray(taken.length)
    return taken
  })
  stream.result({ files })
}

/** Up to so many bytes; none when the stream has ended. */
type Take = (max: number) => Promise<Buffer>

async function writeAll(ops: Ops, take: Take): Promise<number> {
  for (let files = 0; ; files++) {
    const first = await takeExactly(take, 4)
    if (first.length === 0) return files
    const header = await takeExactly(take, first.readUInt32BE(0))
    await writeOne(ops, take, JSON.parse(header.toString("utf8")))
  }
}

interface FileHeader {
  path: string
  size: number
  mode: number
}

async function writeOne(ops: Ops, take: Take, { path, size, mode }: FileHeader): Promise<void> {
  const target = await ops.paths.inside(path, { makeParents: true })
  if (await isDirectory(target)) throw new Refusal("not_a_file", `${path} is a directory`)
  const unfinished = `${target}.unfinished-${process.pid}`
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW
  try {
    await using file = await open(unfinished, flags, mode)
    for (let left = size; left > 0; ) {
      const bytes = await take(left)
      if (bytes.length === 0) throw new Refusal("invalid", "the content ended early")
      await file.writeFile(bytes)
      left -= bytes.length
    }
    await file.chmod(mode)
    await rename(unfinished, target)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}

/** Removes files and whole directories; one that is not there is fine, a root itself is refused. */
export async function remove(ops: Ops, stream: MuxStream, paths: string[]): Promise<void> {
  for (const path of paths) {
    if (path.split("/").filter(Boolean).length < 2) {
      throw new Refusal("outside", `${path} is a root`)
    }
    await rm(await ops.paths.inside(path), { recursive: true, force: true })
  }
  stream.result({})
}

export async function makeRoots(roots: Record<string, string>): Promise<void> {
  for (const root of Object.values(roots)) await mkdir(root, { recursive: true })
}

async function isDirectory(path: string): Promise<boolean> {
  const stats = await lstat(path).catch(() => undefined)
  return stats?.isDirectory() ?? false
}

/** Nothing when the stream ended exactly here. */
async function takeExactly(take: Take, size: number): Promise<Buffer> {
  if (size > 64 * 1024) throw new Refusal("invalid", "the header is too long")
  const parts: Buffer[] = []
  let left = size
  while (left > 0) {
    const bytes = await take(left)
    if (bytes.length === 0 && left === size) return bytes
    if (bytes.length === 0) throw new Refusal("invalid", "the content ended early")
    parts.push(bytes)
    left -= bytes.length
  }
  return Buffer.concat(parts)
}
