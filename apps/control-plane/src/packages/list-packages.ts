import type { InstalledPackage } from "@vibecaas/contract/kinds/packages"
import type { Ecosystem, ListedPackage } from "./ecosystem.ts"
import type { UsedEcosystem } from "./ecosystems.ts"

/** Most that one answer has of what packages need; those that the project names come first. */
const shownMax = 500

/** What is known of problems of one version. */
export type Advisories = (
  of: Pick<InstalledPackage, "ecosystem" | "name" | "version">,
) => InstalledPackage["advisories"]

/** Packages of one ecosystem, as files lock them. */
export interface Listed {
  ecosystem: Ecosystem
  packages: readonly ListedPackage[]
}

/** @throws Fault `packages_failed` when the files cannot be read */
export const listedIn = (used: readonly UsedEcosystem[]): Listed[] =>
  used.map(({ ecosystem, files }) => ({ ecosystem, packages: ecosystem.list(files) }))

/**
 * Packages that files name, then those with known problems or scripts, then what those need, by name.
 *
 * @param allowed names of packages whose scripts may run
 */
export function listPackages(
  listed: readonly Listed[],
  advisoriesOf: Advisories,
  allowed: readonly string[] = [],
): { items: InstalledPackage[]; total: number } {
  const all = listed.flatMap(({ ecosystem, packages }) =>
    packages.map(({ hasScript, ...each }) => {
      const known = { ecosystem: ecosystem.name, ...each }
      const script = !hasScript ? null : allowed.includes(each.name) ? "allowed" : "skipped"
      return { ...known, advisories: advisoriesOf(known), script } as const
    }),
  )
  all.sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name))
  return { items: all.slice(0, shownMax), total: all.length }
}

const rank = ({ wanted, advisories, script }: InstalledPackage) =>
  wanted !== null ? 0 : advisories.length > 0 ? 1 : script !== null ? 2 : 3
