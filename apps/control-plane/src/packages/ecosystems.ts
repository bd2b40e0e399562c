import type { PackageEcosystem } from "@vibecaas/contract/kinds/packages"
import { fault, invariant } from "@vibecaas/kernel/fault"
import { type Toolchains, whatLacks } from "@vibecaas/microvm/toolchains"
import type { Repository } from "../projects/index.ts"
import { type Ecosystem, failed, type InstallPlan, type PackageFiles } from "./ecosystem.ts"
import { go } from "./ecosystems/go/go.ts"
import { npm } from "./ecosystems/npm/npm.ts"
import { python } from "./ecosystems/python/python.ts"
import { rust } from "./ecosystems/rust/rust.ts"

/** All there are. */
export const ecosystems: readonly Ecosystem[] = [npm, python, go, rust]

function ecosystemOf(wanted: PackageEcosystem): Ecosystem {
  const found = ecosystems.find(({ name }) => name === wanted)
  invariant(found, `the ecosystem ${wanted} is not in the list`)
  return found
}

/** Files of a project by which other packages are there. */
export const packageFilePaths: readonly string[] = ecosystems.flatMap(({ files }) =>
  files.map(({ path }) => path),
)

/** What a commit's files say of packages, for each ecosystem that they use. */
export interface UsedEcosystem {
  ecosystem: Ecosystem
  files: PackageFiles
  /** names of packages whose own scripts may run; none when absent */
  allowed?: readonly string[]
}

/** @throws Fault `packages_failed` for a file that is too large, or cannot be read */
export async function usedBy(repository: Repository, commit: string): Promise<UsedEcosystem[]> {
  const read = ecosystems.map(async (ecosystem) => ({
    ecosystem,
    files: await readFiles(repository, { commit, ecosystem }),
  }))
  return (await Promise.all(read)).filter(({ ecosystem, files }) => ecosystem.uses(files))
}

export async function readFiles(
  repository: Repository,
  { commit, ecosystem }: { commit: string; ecosystem: Ecosystem },
): Promise<PackageFiles> {
  const texts = ecosystem.files.map(async ({ path, bytesMax }) => {
    const found = await repository.read(commit, path, bytesMax)
    if (found?.truncated) throw failed(`${path} is larger than ${bytesMax / 1024 / 1024} MiB.`)
    return found ? [[path, found.content.toString("utf8")] as const] : []
  })
  return Object.fromEntries((await Promise.all(texts)).flat())
}

/** The files of a project in which an ecosystem reads what is imported. */
export async function sourcesOf(
  repository: Repository,
  { commit, ecosystem }: { commit: string | null; ecosystem: Ecosystem },
): Promise<{ path: string; content: Buffer }[]> {
  const files = commit === null ? [] : await repository.list(commit)
  const read = files.filter(({ path }) => ecosystem.reads?.(path))
  const contents = await repository.readAll(read)
  return read.map(({ path }, at) => ({ path, content: contents[at] ?? Buffer.of() }))
}

/**
 * The ecosystem of a change: the one that was asked for, else the one that the project uses.
 *
 * @throws Fault `invalid` where a project uses several and none was asked for
 */
export function chooseEcosystem(
  used: readonly UsedEcosystem[],
  asked: PackageEcosystem | undefined,
): Ecosystem {
  if (asked !== undefined) return ecosystemOf(asked)
  if (used.length > 1) {
    const names = used.map(({ ecosystem }) => ecosystem.name).join(" and ")
    const say = `This project uses packages of ${names}. Say which you mean.`
    throw fault("invalid", { say, fields: { "/ecosystem": say } })
  }
  return used[0]?.ecosystem ?? npm
}

/** @throws Fault `packages_failed` where machines cannot run what it installs */
export function toolchainOf({ language }: Ecosystem, toolchains: Toolchains): string {
  const found = toolchains[language]
  if (found !== undefined) return found
  throw failed(whatLacks[language])
}

/** What has to be installed for a commit. @throws Fault `packages_failed` */
export function plansFor(
  used: readonly UsedEcosystem[],
  { toolchains, paths }: { toolchains: Toolchains; paths: readonly string[] },
): (UsedEcosystem & { plan: InstallPlan })[] {
  return used.flatMap(({ ecosystem, ...of }) => {
    // Who keeps packages among the files has installed them.
    if (paths.some((path) => path.startsWith(ecosystem.ownFolder))) return []
    const plan = planFor({ ecosystem, ...of }, toolchains)
    const plans = plan?.base ? [plan.base, plan] : plan ? [plan] : []
    return plans.map((each) => ({ ecosystem, ...of, plan: each }))
  })
}

/** @throws Fault `packages_failed` */
export const planFor = ({ ecosystem, files, allowed }: UsedEcosystem, toolchains: Toolchains) =>
  ecosystem.plan(files, toolchainOf(ecosystem, toolchains), allowed)
