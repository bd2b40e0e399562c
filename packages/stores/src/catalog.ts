import { readdir, readFile } from "node:fs/promises"
import { isAbsolute } from "node:path"
import { z } from "zod"

/**
 * An engine's version that is installed on this host: the folder `<engines>/<engine>/<version>` with its
 * `install.json`. It is complete when it is there, since it is renamed into its place at the end, and
 * nobody writes to it afterwards.
 */
export const installSchema = z.object({
  engine: z.string(),
  version: z.string(),
  /** ISO 8601 */
  installedAt: z.string(),
  /** of what it was made from, such as the lock file or the archives; 64 hexadecimal digits */
  sha256: z.string(),
})
export type Install = z.infer<typeof installSchema> & {
  /** absolute */
  dir: string
}

const word = /^[a-z0-9][A-Za-z0-9.+-]{0,79}$/

/** All installs below a folder; one that is not whole, or lies in another's place, is none. */
export async function readInstalls(dir: string): Promise<Install[]> {
  if (!isAbsolute(dir)) throw new Error(`the folder of engines is not absolute: ${dir}`)
  const found: Install[] = []
  for (const engine of await namesIn(dir)) {
    for (const version of await namesIn(`${dir}/${engine}`)) {
      const install = await readInstall(`${dir}/${engine}/${version}`)
      if (install?.engine === engine && install.version === version) found.push(install)
    }
  }
  return found
}

export async function readInstall(dir: string): Promise<Install | undefined> {
  try {
    const text = await readFile(`${dir}/install.json`, "utf8")
    return { ...installSchema.parse(JSON.parse(text)), dir }
  } catch {
    // Not there or not whole: either way it cannot be used, and installing it again mends it.
    return undefined
  }
}

async function namesIn(dir: string): Promise<string[]> {
  const names = await readdir(dir).catch(() => [])
  return names.filter((name) => word.test(name)).sort()
}
