import type { InstalledPackage } from "@vibecaas/contract/kinds/packages"
import {
  dependenciesOf,
  type Lock,
  lockFile,
  lockSchema,
  manifestFile,
  manifestSchema,
  type NpmFiles,
  parse,
} from "./npm-plan.ts"

/** Most that one answer has of what packages need; those that the project names come first. */
const shownMax = 500

/** What is known of problems of one version. */
export type Advisories = (name: string, version: string) => InstalledPackage["advisories"]

/**
 * Packages that files name, then what those need, by name.
 *
 * @throws Fault `packages_failed` when the files cannot be read
 */
export function listPackages(
  files: NpmFiles,
  advisoriesOf: Advisories,
): { items: InstalledPackage[]; total: number } {
  const manifest = parse(manifestSchema, files.manifest, manifestFile)
  const wanted = new Map(Object.entries(dependenciesOf(manifest)))
  const lock = files.lock === undefined ? undefined : parse(lockSchema, files.lock, lockFile)
  const all = lockedPackages(lock).map(({ path, name, ...each }) => ({
    name,
    ...each,
    wanted: path === `node_modules/${name}` ? (wanted.get(name) ?? null) : null,
    advisories: advisoriesOf(name, each.version),
  }))
  all.sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name))
  return { items: all.slice(0, shownMax), total: all.length }
}

const rank = ({ wanted, advisories }: InstalledPackage) =>
  wanted !== null ? 0 : advisories.length > 0 ? 1 : 2

/** What a lock file names. */
export function lockedPackages(lock: Lock | undefined) {
  return Object.entries(lock?.packages ?? {}).flatMap(([path, each]) =>
    path === "" || each.version === undefined
      ? []
      : [
          {
            path,
            name: path.replace(/^.*node_modules\//, ""),
            version: each.version,
            dev: each.dev === true,
            licence: each.license ?? null,
          },
        ],
  )
}
