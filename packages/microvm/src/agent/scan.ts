import { createHash } from "node:crypto"
import { constants, type Dirent } from "node:fs"
import { open, opendir } from "node:fs/promises"
import type { MuxStream } from "../guest-mux.ts"
import { Refusal } from "./config.ts"
import type { Ops } from "./ops.ts"

const skipped = new Set(["node_modules", ".git", ".venv", ".cargo-home", "__pycache__"])
const depthMax = 40

/** Sends one line of JSON `[path, size, mode, sha1]` for each regular file below the root. */
export async function scan(
  ops: Ops,
  stream: MuxStream,
  request: { root: string; maxFiles: number },
): Promise<void> {
  const root = await ops.paths.inside(request.root)
  let count = 0
  let lines: string[] = []
  for await (const relative of filesBelow(root, "", 0)) {
    if (++count > request.maxFiles) {
      throw new Refusal("too_many_files", `more than ${request.maxFiles} files in ${request.root}`)
    }
    const entry = await describe(`${root}/${relative}`)
    if (entry) lines.push(`${JSON.stringify([relative, ...entry])}\n`)
    if (lines.length < 200) continue
    if (!(await stream.send(Buffer.from(lines.join(""))))) return
    lines = []
  }
  await stream.send(Buffer.from(lines.join("")))
  stream.result({})
}

async function* filesBelow(root: string, below: string, depth: number): AsyncGenerator<string> {
  if (depth > depthMax) throw new Refusal("too_many_files", "directories are nested too deeply")
  const directories: string[] = []
  for await (const entry of await opendir(`${root}/${below}`)) {
    const relative = below === "" ? entry.name : `${below}/${entry.name}`
    if (entry.isFile()) yield relative
    else if (isWalked(entry)) directories.push(relative)
  }
  for (const directory of directories) yield* filesBelow(root, directory, depth + 1)
}

const isWalked = (entry: Dirent) => entry.isDirectory() && !skipped.has(entry.name)

/** Size, mode and git's name for the content; nothing when the file went away meanwhile. */
async function describe(path: string): Promise<[number, number, string] | undefined> {
  try {
    const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
    await using file = await open(path, flags)
    const { size, mode } = await file.stat()
    const hash = createHash("sha1").update(`blob ${size}\0`)
    const buffer = Buffer.alloc(Math.min(Math.max(size, 1), 256 * 1024))
    let seen = 0
    for (let bytesRead = 1; bytesRead > 0; seen += bytesRead) {
      ;({ bytesRead } = await file.read(buffer, 0, buffer.length))
      hash.update(buffer.subarray(0, bytesRead))
    }
    // Written to while we read: the size in the name is wrong, and the next scan sees it anyway.
    if (seen !== size) return undefined
    return [size, mode & 0o111 ? 0o755 : 0o644, hash.digest("hex")]
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined
    throw error
  }
}
