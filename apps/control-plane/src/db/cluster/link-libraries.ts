import { existsSync, readFileSync, symlinkSync } from "node:fs"
import { basename, dirname, join, normalize } from "node:path"

/**
 * Makes the symbolic links that PostgreSQL's package lists, since packages can have none: `node link-libraries.ts
 * FOLDER...`. Its own script would do the same, but scripts of packages are not run while they are installed.
 */
export function linkLibraries(folder: string): void {
  const list = join(folder, "native/pg-symlinks.json")
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8")) as Link[]) {
    const [at, to] = [normalize(target), normalize(source)]
    const beside = dirname(at) === dirname(to) && at.startsWith("native/")
    if (!beside) throw new Error(`${list} has a link that leads elsewhere: ${target}`)
    if (!existsSync(join(folder, at))) symlinkSync(basename(to), join(folder, at))
  }
}

/** both from the package's folder */
interface Link {
  source: string
  target: string
}

if (import.meta.main) for (const folder of process.argv.slice(2)) linkLibraries(folder)
