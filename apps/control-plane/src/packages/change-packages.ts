import type { InstallParts, Watched } from "./install.ts"
import { keepPackages, writeNpmFiles } from "./install.ts"
import {
  dependenciesOf,
  failed,
  type Lock,
  lockFile,
  lockSchema,
  manifestFile,
  manifestSchema,
  type NpmFiles,
  parse,
  planNpm,
} from "./npm-plan.ts"
import { installFolder, runNpm } from "./run-npm.ts"

export interface PackageChange {
  add: readonly string[]
  remove: readonly string[]
  /** what is added is needed only while building and testing */
  dev: boolean
}

export interface ChangedPackages {
  files: Required<NpmFiles>
  /** what the project names, with the versions that came in */
  direct: { name: string; version: string }[]
  /** packages that are installed in all */
  count: number
}

const emptyManifest = `${JSON.stringify({ name: "app", private: true, type: "module" }, null, 2)}\n`
const fileBytesMax = 16 * 1024 * 1024

/**
 * Adds packages to a project's files and takes others away; without either it makes the lock file of
 * what the files name. The layer is kept at once, since everything is installed anyway.
 *
 * @throws Fault `packages_failed` with the registry's words
 */
export function changePackages(
  parts: InstallParts & { platform: string },
  before: NpmFiles | undefined,
  { add, remove, dev, signal, print }: PackageChange & Watched,
): Promise<ChangedPackages> {
  const { tasks, registry, store, platform } = parts
  const run = { registry, signal, print }
  return tasks.use(signal, async (guest) => {
    await writeNpmFiles(guest, before ?? { manifest: emptyManifest })
    if (remove.length > 0) await runNpm(guest, ["uninstall", "--", ...remove], run)
    if (add.length > 0 || remove.length === 0) {
      await runNpm(guest, ["install", ...(dev ? ["--save-dev"] : []), "--", ...add], run)
    }
    const read = async (name: string) =>
      (await guest.readFile(`${installFolder}/${name}`, fileBytesMax)).toString("utf8")
    const files = { manifest: await read(manifestFile), lock: await read(lockFile) }
    const lock = parse(lockSchema, files.lock, lockFile)
    const plan = planNpm(files, platform)
    if (plan) await keepPackages(guest, store, plan.layer)
    const named = Object.keys(dependenciesOf(parse(manifestSchema, files.manifest, manifestFile)))
    return { files, direct: named.map((name) => directOf(lock, name)), count: countOf(lock) }
  })
}

const countOf = ({ packages }: Lock) => Object.keys(packages).filter((path) => path !== "").length

function directOf({ packages }: Lock, name: string): { name: string; version: string } {
  const version = packages[`node_modules/${name}`]?.version
  if (version === undefined) throw failed(`${name} was not installed.`)
  return { name, version }
}
