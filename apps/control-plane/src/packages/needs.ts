import type { FileEntry } from "@vibecaas/contract/commits"
import type { Toolchains } from "@vibecaas/microvm/toolchains"
import { type Ecosystem, type InstallPlan, layerName } from "./ecosystem.ts"
import { plansFor, toolchainOf, type UsedEcosystem } from "./ecosystems.ts"

export interface Install {
  ecosystem: Ecosystem
  plan: InstallPlan
}

/** What has to be built, by all that it is built from. */
export interface Building {
  /** a hash of it: the same files with the same packages and tools have the same */
  from: string
  /** those that the build gets */
  files: readonly FileEntry[]
  /** some of the commit's files are left out */
  isPart: boolean
  /** the layers of its packages */
  packages: readonly string[]
  /** programs that are run one after the other */
  commands: readonly string[][]
}

/** What files need before they can run. @throws Fault `packages_failed` with what to do */
export function needsOf(
  used: readonly UsedEcosystem[],
  { files, toolchains }: { files: readonly FileEntry[]; toolchains: Toolchains },
): { installs: readonly Install[]; building: Building | undefined } {
  const installs = plansFor(used, { toolchains, paths: files.map(({ path }) => path) })
  const builds = used.flatMap(({ ecosystem, files }) => {
    const build = ecosystem.build(files)
    return build ? [{ ...build, toolchain: toolchainOf(ecosystem, toolchains) }] : []
  })
  if (builds.length === 0) return { installs, building: undefined }
  const packages = installs.map(({ plan }) => plan.layer)
  const commands = builds.map(({ argv }) => argv)
  const without = builds.flatMap((build) => build.without)
  const given = files.filter(({ path }) => !without.some((each) => isWithin(path, each)))
  const inOrder = [...given].sort((one, other) => (one.path < other.path ? -1 : 1))
  const from = layerName(
    "build 3",
    builds.map(({ toolchain }) => toolchain).join(),
    packages.join(),
    JSON.stringify(commands),
    inOrder.map(({ path, sha }) => `${sha} ${path}`).join("\n"),
  )
  const isPart = given.length < files.length
  return { installs, building: { from, files: given, isPart, packages, commands } }
}

const isWithin = (path: string, folder: string) => path === folder || path.startsWith(`${folder}/`)
