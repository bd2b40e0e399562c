import { constants } from "node:fs"
import { lstat, open, readlink } from "node:fs/promises"
import { fault } from "@vibecaas/kernel/fault"
import type { HookSpec, ProcessSpec } from "../../engine.ts"
import type { Side } from "./layout.ts"
import { placesOf } from "./layout.ts"
import type { Local } from "./local.ts"
import type { StoreRecord } from "./record.ts"
import { toolOf } from "./tool.ts"

type WithFiles = Pick<ProcessSpec | HookSpec, "workFiles" | "workLinks">

/** Longest file of an engine's that is compared, in bytes; longer ones are laid each time. */
const comparedMax = 256 * 1024

/**
 * Lays an engine's files and links into the store's work folder. The store itself does it: the folder is
 * its own, and what it may have put there must not lead us elsewhere.
 */
export async function layWorkFiles(
  local: Local,
  { record, side }: { record: StoreRecord; side: Side },
  { workFiles = {}, workLinks = {} }: WithFiles,
): Promise<void> {
  const paths = [...Object.keys(workFiles), ...Object.keys(workLinks)]
  if (paths.length === 0) return
  for (const path of paths) checkRelative(path)
  const { settings, staged } = local
  const program = await staged.program(`${import.meta.dirname}/program`)
  const { works, files } = placesOf(settings, record.storeId)
  const ownFolder = `${files}/`
  const missing = await notLaid({ folder: works[side], ownFolder }, { workFiles, workLinks })
  if (!missing) return
  await toolOf(
    local,
    record,
  )({
    argv: [staged.nodePath, `${program}/lay-files.ts`, works[side], ownFolder],
    stdin: JSON.stringify(missing),
    readOnly: [program],
    timeoutMs: 60_000,
  })
}

function checkRelative(path: string): void {
  const parts = path.split("/")
  if (!parts.some((part) => part === "" || part === "." || part === "..")) return
  throw fault("invalid", { say: "The engine names a file outside of the store.", note: path })
}

/**
 * What is not there as the engine wants it; nothing when all is, as most times: a program behind the wall takes
 * longer to start than to see that. Only looks, so wherever the store has made its folder lead, nothing is done there.
 */
export async function notLaid(
  { folder, ownFolder }: { folder: string; ownFolder: string },
  { workFiles = {}, workLinks = {} }: WithFiles,
): Promise<{ files: Record<string, string>; links: Record<string, string> } | undefined> {
  const files: Record<string, string> = {}
  for (const [path, text] of Object.entries(workFiles)) {
    if ((await textOf(`${folder}/${path}`)) !== text) files[path] = text
  }
  const links: Record<string, string> = {}
  for (const [path, to] of Object.entries(workLinks)) {
    const leadsThere = (await readlink(`${folder}/${path}`).catch(() => undefined)) === to
    // What it leads to may be made later by the engine; a folder of the store's own is there at once.
    if (!leadsThere || (to.startsWith(ownFolder) && !(await isFolder(to)))) links[path] = to
  }
  const isAll = Object.keys({ ...files, ...links }).length === 0
  return isAll ? undefined : { files, links }
}

const isFolder = async (path: string) =>
  (await lstat(path).catch(() => undefined))?.isDirectory() ?? false

/** Of a plain file of modest length; a pipe in its place keeps nobody waiting. */
async function textOf(path: string): Promise<string | undefined> {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants
  const file = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch(() => undefined)
  try {
    const stats = await file?.stat()
    if (!stats?.isFile() || stats.size > comparedMax) return undefined
    return await file?.readFile("utf8")
  } finally {
    await file?.close()
  }
}
