import { cpSync, mkdirSync, realpathSync } from "node:fs"
import { dirname, join } from "node:path"
import { run } from "@vibecaas/kernel/spawn"

const sources = join(import.meta.dirname, "../../..")

/** Programs that pods of stores use beside the engine's own. */
const programs = ["/bin/sh", "/bin/mkdir", "/bin/tar"]

/**
 * A folder with all that an image of the simulated shop needs, of what this host has: Node, a shell, `tar`, their
 * libraries, and the programs of the engine.
 */
export async function layImage(root: string): Promise<void> {
  copyTo(root, { from: process.execPath, to: "/usr/local/bin/node" })
  for (const program of programs) copyTo(root, { from: realpathSync(program), to: program })
  for (const program of [process.execPath, ...programs]) {
    for (const library of await librariesOf(program)) {
      copyTo(root, { from: realpathSync(library), to: library })
    }
  }
  cpSync(join(sources, "engines/simulator/program"), join(root, "engine"), { recursive: true })
  copyTo(root, {
    from: join(sources, "backends/local/program/copy-sqlite.ts"),
    to: "/platform/copy-sqlite.ts",
  })
  for (const folder of ["store", "tmp"]) mkdirSync(join(root, folder), { recursive: true })
}

function copyTo(root: string, { from, to }: { from: string; to: string }): void {
  mkdirSync(join(root, dirname(to)), { recursive: true })
  cpSync(from, join(root, to))
}

/** Absolute paths of what a program is linked to. */
async function librariesOf(program: string): Promise<string[]> {
  const { stdout } = await run("/usr/bin/ldd", [program], { env: {} })
  const words = stdout.toString("utf8").split(/\s+/)
  return words.filter((word) => word.startsWith("/"))
}
