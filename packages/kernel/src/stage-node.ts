import { createHash } from "node:crypto"
import { chmod, constants, copyFile, link, lstat, mkdir, rename, stat } from "node:fs/promises"
import { dirname } from "node:path"

/** The mode by chmod: the umask of whoever starts us must not close what others have to read. */
export async function makeDirectory(path: string, mode = 0o755): Promise<void> {
  await mkdir(path, { recursive: true })
  await chmod(path, mode)
}

/**
 * The Node itself when everybody may run it where it is, else a link or copy of it below `dir`; answers
 * its path.
 */
export async function stageNode(dir: string, nodePath: string): Promise<string> {
  if (await isPassable(nodePath)) return nodePath
  const { size, mtimeMs } = await stat(nodePath)
  const key = createHash("sha256").update(`${nodePath} ${size} ${mtimeMs}`).digest("hex")
  const target = `${dir}/node-${key.slice(0, 16)}/node`
  await makeDirectory(dirname(target))
  if (await lstat(target).catch(() => undefined)) return target
  await link(nodePath, `${target}.new`).catch(() =>
    copyFile(nodePath, `${target}.new`, constants.COPYFILE_FICLONE),
  )
  await chmod(`${target}.new`, 0o755)
  await rename(`${target}.new`, target)
  return target
}

/** Whether everybody may read and run a file where it is. */
export async function isPassable(path: string): Promise<boolean> {
  const { mode } = await stat(path)
  if ((mode & 0o005) !== 0o005) return false
  for (let above = dirname(path); ; above = dirname(above)) {
    if (((await stat(above)).mode & 0o001) === 0) return false
    if (above === "/") return true
  }
}
