import { existsSync } from "node:fs"
import { mkdir, readdir, rm, symlink, writeFile } from "node:fs/promises"
import { leadsInto } from "./leads-into.ts"
import type { Ops } from "./ops.ts"

const folderName = ".gomod"

/** The folder gets the modules of its go.sum, which Go finds by where its cache of modules is. */
export async function linkGoModules(_ops: Ops, modules: string, target: string): Promise<void> {
  const at = `${target}/${folderName}`
  await rm(at, { recursive: true, force: true })
  await symlink(modules, at)
}

export async function unlinkGoModules(roots: readonly string[], target: string): Promise<void> {
  const at = `${target}/${folderName}`
  if (await leadsInto(roots, at)) await rm(at)
}

export const settingsOfGo = (folder: string): Record<string, string> =>
  existsSync(`${folder}/${folderName}`) ? { GOMODCACHE: `${folder}/${folderName}` } : {}

/**
 * What was compiled already is linked into the machine's own cache, which Go writes to beside it. Things
 * in it are found by a hash of all that they were made from, so those of several layers lie together, and
 * those of a layer that is not used any more are in nobody's way.
 */
export async function addCompiledGo({ config }: Ops, compiled: string): Promise<void> {
  const cache = `${config.env.HOME}/.cache/go-build`
  for (const part of await readdir(compiled)) {
    await mkdir(`${cache}/${part}`, { recursive: true })
    const files = await readdir(`${compiled}/${part}`)
    await Promise.all(
      files.map((file) => put(`${compiled}/${part}/${file}`, `${cache}/${part}/${file}`)),
    )
  }
  // Go takes away what it has not used for days. It cannot note the use of what is not the machine's own.
  await writeFile(`${cache}/trim.txt`, String(Math.floor(Date.now() / 1000)))
}

async function put(to: string, at: string): Promise<void> {
  await rm(at, { recursive: true, force: true })
  await symlink(to, at)
}
