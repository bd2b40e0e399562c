import { lstat, mkdir, readdir, rm, symlink } from "node:fs/promises"
import { join } from "node:path"
import { leadsInto } from "./leads-into.ts"
import type { Ops } from "./ops.ts"

/**
 * Packages become links in the folder's own `node_modules`, which stays writable: tools keep their
 * caches there, and a package is resolved from where it really lies.
 */
export async function linkNodePackages(_ops: Ops, packages: string, target: string): Promise<void> {
  const folder = `${target}/node_modules`
  const stats = await lstat(folder).catch(() => undefined)
  if (stats && !stats.isDirectory()) await rm(folder, { force: true })
  await mkdir(folder, { recursive: true })
  for (const name of await readdir(packages)) {
    if (!name.startsWith("@")) await put(join(packages, name), join(folder, name))
    else {
      const scope = join(folder, name)
      await mkdir(scope, { recursive: true })
      for (const each of await readdir(join(packages, name)))
        await put(join(packages, name, each), join(scope, each))
    }
  }
}

/** What somebody has put there by hand gives way: the lock file says what is installed. */
async function put(to: string, at: string): Promise<void> {
  await rm(at, { recursive: true, force: true })
  await symlink(to, at)
}

export const unlinkNodePackages = (roots: readonly string[], target: string): Promise<void> =>
  unlink(roots, `${target}/node_modules`)

async function unlink(roots: readonly string[], folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name)
    if (name.startsWith("@")) await unlink(roots, path)
    if (await leadsInto(roots, path)) await rm(path)
  }
}
