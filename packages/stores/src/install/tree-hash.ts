import { createHash, hash } from "node:crypto"
import { createReadStream } from "node:fs"
import { lstat, readdir, readFile, readlink } from "node:fs/promises"
import { join, relative } from "node:path"

export interface TreeHash {
  /** of the sorted lines `path, kind, content's hash`; 64 hexadecimal digits */
  sha256: string
  files: number
  bytes: number
}

const together = 32

/** Names all that lies below a folder: another path, byte, link or right to run gives another hash. */
export async function hashTree(root: string, leaveOut: ReadonlySet<string>): Promise<TreeHash> {
  const paths = (await pathsBelow(root)).filter((path) => !leaveOut.has(path)).sort()
  const all = createHash("sha256")
  let files = 0
  let bytes = 0
  for (let at = 0; at < paths.length; at += together) {
    const read = await Promise.all(
      paths.slice(at, at + together).map((path) => entryOf(root, path)),
    )
    for (const entry of read) {
      all.update(entry.line)
      files++
      bytes += entry.bytes
    }
  }
  return { sha256: all.digest("hex"), files, bytes }
}

async function pathsBelow(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => relative(root, join(parentPath, name)))
}

async function entryOf(root: string, path: string): Promise<{ line: string; bytes: number }> {
  const full = join(root, path)
  const info = await lstat(full)
  if (info.isSymbolicLink()) return { line: `${path}\0link\0${await readlink(full)}\n`, bytes: 0 }
  const kind = (info.mode & 0o111) === 0 ? "file" : "program"
  return { line: `${path}\0${kind}\0${await hashFile(full, info.size)}\n`, bytes: info.size }
}

/** Most files are small, and a stream for each takes longer than all their bytes. */
const smallBytes = 1024 * 1024

export async function hashFile(path: string, size = Number.POSITIVE_INFINITY): Promise<string> {
  if (size <= smallBytes) return hash("sha256", await readFile(path))
  const stepwise = createHash("sha256")
  for await (const chunk of createReadStream(path)) stepwise.update(chunk)
  return stepwise.digest("hex")
}
