import { cp, lstat, mkdir, readdir, realpath } from "node:fs/promises"
import { join, relative } from "node:path"
import { fault } from "@vibecaas/kernel/fault"
import type { run as runProgram } from "@vibecaas/kernel/spawn"
import { hashFile, hashTree } from "./tree-hash.ts"

const bytesMax = 2 * 1024 ** 3
const filesMax = 200_000
const unpackMs = 5 * 60_000

/**
 * Brings what an operator gave, a folder or an archive (zip, tar.gz, tar.xz, tar.zst), into an empty
 * folder.
 *
 * @param given.sha256 what an archive's hash has to be; not asked when absent
 * @returns the hash of the archive, or of the folder's tree
 * @throws Fault `invalid` when it is not there, is another one, or holds what leads out of it
 */
export async function unpack(
  tools: { run: typeof runProgram; env: Record<string, string> },
  given: { path: string; sha256?: string | undefined; flag: string },
  into: string,
): Promise<string> {
  const info = await lstat(await realpath(given.path).catch(() => given.path)).catch(
    () => undefined,
  )
  if (!info) throw refused(given, "is not there")
  await mkdir(into, { recursive: true, mode: 0o755 })
  const sha256 = info.isDirectory()
    ? await copyFolder(given, into)
    : await unpackArchive(tools, given, into)
  await refuseStrange(given, into)
  return sha256
}

const refused = ({ flag, path }: { flag: string; path: string }, why: string) =>
  fault("invalid", { say: `${flag} ${path} ${why}. Nothing was installed.` })

async function copyFolder(
  given: { path: string; sha256?: string | undefined; flag: string },
  into: string,
): Promise<string> {
  if (given.sha256) throw refused(given, "is a folder: a SHA-256 is one of an archive")
  await cp(given.path, into, { recursive: true, verbatimSymlinks: true })
  return (await hashTree(into, new Set())).sha256
}

async function unpackArchive(
  { run, env }: { run: typeof runProgram; env: Record<string, string> },
  given: { path: string; sha256?: string | undefined; flag: string },
  into: string,
): Promise<string> {
  const sha256 = await hashFile(given.path)
  if (given.sha256 && given.sha256.toLowerCase() !== sha256)
    throw refused(given, `has the SHA-256 ${sha256}, and not the one that was said`)
  const [program, argv]: [string, string[]] = given.path.endsWith(".zip")
    ? ["unzip", ["-q", given.path, "-d", into]]
    : ["tar", ["--no-same-owner", "--no-same-permissions", "-xf", given.path, "-C", into]]
  const done = await run(program, argv, { env, timeoutMs: unpackMs }).catch(() => undefined)
  if (!done) throw refused(given, `cannot be unpacked without ${program}, which is not here`)
  if (done.exitCode !== 0)
    throw refused(given, `cannot be unpacked: ${String(done.stderr).trim().slice(-300)}`)
  return sha256
}

/** Files and folders only, in bounds: no link may lead a web server to what is not the shop's. */
async function refuseStrange(given: { path: string; flag: string }, into: string): Promise<void> {
  let bytes = 0
  let files = 0
  for (const entry of await readdir(into, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue
    const path = join(entry.parentPath, entry.name)
    if (!entry.isFile()) throw refused(given, `holds ${relative(into, path)}, which is no file`)
    bytes += (await lstat(path)).size
    files++
    if (bytes > bytesMax || files > filesMax) throw refused(given, "is too large: 2 GiB at most")
  }
}
