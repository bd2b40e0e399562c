import type { PackageEcosystem } from "@vibecaas/contract/kinds/packages"
import type { Toolchains } from "@vibecaas/microvm/toolchains"
import {
  type ChangeTask,
  type Ecosystem,
  failed,
  type PackageChange,
  type PackageFiles,
  type Watched,
} from "./ecosystem.ts"
import { planFor, toolchainOf } from "./ecosystems.ts"
import { beginInstall, type InstallParts, installLayer, keepPackages } from "./install.ts"

export interface ChangedPackages {
  ecosystem: PackageEcosystem
  /** texts by path, as they are to be committed */
  files: PackageFiles
  /** what the project names, with the versions that came in */
  direct: { name: string; version: string }[]
  /** packages that are installed in all */
  count: number
  /** those that have a script of their own, which does not run unless a person allows it */
  scripts: readonly string[]
}

interface ToChange extends Pick<ChangeTask, "sources"> {
  ecosystem: Ecosystem
  before: PackageFiles
}

/**
 * Adds packages to a project's files and takes others away; without either it makes the lock file of
 * what the files name. The layer is kept at once, since everything is installed anyway.
 *
 * @throws Fault `packages_failed` with the registry's words, `invalid` for what is no package's name
 */
export async function changePackages(
  { tasks, registry, store, toolchains }: InstallParts & { toolchains: Toolchains },
  { ecosystem, before, sources }: ToChange,
  { signal, print, ...change }: PackageChange & Watched,
): Promise<ChangedPackages> {
  const base = ecosystem.base?.(toolchainOf(ecosystem, toolchains))
  if (base && !(await store.has(base.layer)))
    await installLayer({ tasks, registry, store }, { ecosystem, plan: base }, { signal, print })
  return tasks.use(signal, async (guest) => {
    await beginInstall(guest, store, base)
    const task = { guest, registry, signal, print, sources }
    const files = await ecosystem.change(task, before, change)
    const after = { ...before, ...files }
    const plan = planFor({ ecosystem, files: after }, toolchains)
    // What needs another layer is installed upon that, when somebody needs it.
    if (plan && !plan.base) await keepPackages(guest, store, plan.layer)
    const all = ecosystem.list(after)
    const direct = all.filter(({ wanted }) => wanted !== null)
    const lacking = change.add.length > 0 && direct.length === 0
    if (lacking) throw failed(`${change.add.join(", ")} was not installed.`)
    return {
      ecosystem: ecosystem.name,
      files,
      direct: direct.map(({ name, version }) => ({ name, version })),
      count: all.length,
      scripts: ecosystem.scripts?.(after) ?? [],
    }
  })
}
