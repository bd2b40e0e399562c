import { existsSync } from "node:fs"
import { mkdir, readdir, rm, symlink, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { Ops } from "./ops.ts"

/** What cargo keeps for a folder: its settings, and what it compiles. */
const folderName = ".cargo-home"

/** Crates are where cargo is told that all crates are; it asks nobody else. */
export async function linkCrates(_ops: Ops, packages: string, target: string): Promise<void> {
  const home = `${target}/${folderName}`
  await mkdir(home, { recursive: true })
  const settings = `[source.crates-io]\nreplace-with = "installed"\n\n[source.installed]\ndirectory = ${JSON.stringify(packages)}\n`
  await writeFile(`${home}/config.toml`, settings)
}

export const unlinkCrates = async (_roots: readonly string[], target: string): Promise<void> => {
  await rm(`${target}/${folderName}/config.toml`, { force: true })
}

/**
 * Compiled crates are links in a folder in which cargo can write beside them. It tells by times whether
 * something is old; in layers all times are the same.
 */
export async function linkCompiledCrates(
  _ops: Ops,
  compiled: string,
  target: string,
): Promise<void> {
  const own = `${target}/${folderName}/target`
  await rm(own, { recursive: true, force: true })
  await linkAll(compiled, own)
}

export const unlinkCompiledCrates = async (
  _roots: readonly string[],
  target: string,
): Promise<void> => {
  await rm(`${target}/${folderName}/target`, { recursive: true, force: true })
}

async function linkAll(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true })
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, at] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) await linkAll(source, at)
    else await symlink(source, at)
  }
}

/** Where cargo finds crates and puts what it compiles: not among the files of the project. */
export function settingsOfRust(folder: string): Record<string, string> {
  if (!existsSync(`${folder}/Cargo.toml`)) return {}
  const home = `${folder}/${folderName}`
  return { CARGO_HOME: home, CARGO_TARGET_DIR: `${home}/target` }
}
