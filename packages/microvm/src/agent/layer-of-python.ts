import { existsSync } from "node:fs"
import { mkdir, readdir, rm, symlink, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { Refusal } from "./config.ts"
import { leadsInto } from "./leads-into.ts"
import type { Ops } from "./ops.ts"

const folderName = ".venv"

/**
 * The folder gets a virtual environment whose packages are the layer's, and whose Python is the
 * machine's own: so it sees the packages of the lock file and none that the system happens to have.
 */
export async function linkPythonPackages(
  { config }: Ops,
  packages: string,
  target: string,
): Promise<void> {
  const python = findProgram("python3", config.env.PATH ?? "")
  if (python === undefined) throw new Refusal("failed", "this machine has no python3")
  const folder = `${target}/${folderName}`
  await rm(folder, { recursive: true, force: true })
  await mkdir(`${folder}/bin`, { recursive: true })
  const about = `home = ${dirname(python)}\ninclude-system-site-packages = false\n`
  await writeFile(`${folder}/pyvenv.cfg`, about)
  await symlink(`${packages}/lib`, `${folder}/lib`)
  for (const name of ["python", "python3"]) await symlink(python, `${folder}/bin/${name}`)
  for (const name of await readdir(`${packages}/bin`).catch(() => []))
    await symlink(`${packages}/bin/${name}`, `${folder}/bin/${name}`)
}

export async function unlinkPythonPackages(
  roots: readonly string[],
  target: string,
): Promise<void> {
  const folder = `${target}/${folderName}`
  if (await leadsInto(roots, `${folder}/lib`)) await rm(folder, { recursive: true, force: true })
}

/** What the programs of a folder's virtual environment need to be found first. */
export function venvOf(
  folder: string,
  { PATH = "" }: Readonly<Record<string, string>>,
): Record<string, string> {
  const own = `${folder}/${folderName}`
  if (!existsSync(`${own}/pyvenv.cfg`)) return {}
  return { PATH: `${own}/bin:${PATH}`, VIRTUAL_ENV: own }
}

const findProgram = (name: string, path: string): string | undefined =>
  path
    .split(":")
    .map((folder) => join(folder, name))
    .find((program) => existsSync(program))
