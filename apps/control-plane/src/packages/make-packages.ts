import type { Guest } from "@vibecaas/microvm/guest-client"
import type { Registry } from "@vibecaas/registry/registry"
import type { Parts } from "../core/ctx.ts"
import { type MachinesParts, makeTaskMachines, type TaskMachines } from "../machines/index.ts"
import type { Repositories } from "../projects/index.ts"
import { type BuildPlan, buildLayer, planBuild } from "./build.ts"
import { type ChangedPackages, changePackages, type PackageChange } from "./change-packages.ts"
import { installLayer, type Watched } from "./install.ts"
import { type Jobs, makeJobs } from "./jobs.ts"
import type { LayerStore } from "./layer-store.ts"
import {
  manifestFile,
  manifestSchema,
  type NpmPlan,
  parse,
  planNpm,
  readNpmFiles,
} from "./npm-plan.ts"
import { bringLayer } from "./use-layers.ts"

export interface CommitOf {
  projectId: string
  commit: string
}

/** How far it is with what a commit needs before it can run. */
export type Prepared =
  | { is: "ready" }
  | { is: "missing"; doing: string }
  | { is: "working"; doing: string; log: string }
  | { is: "failed"; why: string; log: string }

/** Packages of projects, installed and built before they are needed, and shared where they are the same. */
export interface Packages {
  look(of: CommitOf): Promise<Prepared>
  /** begins what is missing; `ended` is called once, whatever became of it */
  begin(of: CommitOf, ended: () => void): void
  /** forgets that it failed: it may be tried again */
  forget(of: CommitOf): void
  /** begins what is missing, and waits. @throws Fault `packages_failed` */
  prepare(of: CommitOf, signal: AbortSignal): Promise<void>
  /** the same without building, for who works on the files */
  install(of: CommitOf, signal: AbortSignal): Promise<void>
  /**
   * Puts what a commit needs into a folder of a machine; what another commit had there goes.
   *
   * @param built with what its build made, too
   */
  use(guest: Guest, of: CommitOf & { folder: string; built: boolean }): Promise<void>
  /** Changes which packages a commit's files name; nothing is written to the project. */
  change(
    of: { projectId: string; commit: string | null },
    how: PackageChange & Watched,
  ): Promise<ChangedPackages>
  /** removes what nobody used for long, when there is too much of it */
  sweep(): Promise<void>
  close(): void
}

export interface PackagesParts
  extends Pick<MachinesParts, "fleet">,
    Pick<Parts, "clock" | "newId" | "log"> {
  repositories: Repositories
  registry: Registry
  store: LayerStore
  /** what binaries in packages are made for, e.g. `v24.21.0-linux-x64` */
  platform: string
  /** where it installs and builds; machines of the fleet when absent */
  tasks?: TaskMachines
  /** most that files of the registry may take */
  registryBytesMax: number
}

interface Needs {
  install: NpmPlan | undefined
  build: BuildPlan | undefined
}

export function makePackages(options: PackagesParts): Packages {
  const { store, registry, repositories } = options
  const parts = { ...options, tasks: options.tasks ?? makeTaskMachines(options) }
  const work = makeWork(parts)
  return {
    ...work,
    async use(guest, { folder, built, ...of }) {
      const { install, build } = await work.needsOf(of)
      if (!install) await guest.dropLayers(folder)
      for (const name of [install?.layer, built ? build?.layer : undefined])
        if (name) await bringLayer(guest, store, { name, folder })
    },
    async change({ projectId, commit }, how) {
      const repository = repositories.of(projectId)
      const before = commit === null ? undefined : await readNpmFiles(repository, commit)
      return changePackages(parts, before, how)
    },
    async sweep() {
      await store.sweep()
      await registry.sweep(options.registryBytesMax)
    },
  }
}

const keyOf = ({ projectId, commit }: CommitOf) => `${projectId}/${commit}`

type Work = Pick<Packages, "look" | "begin" | "forget" | "prepare" | "install" | "close">

/** What is installed and built for commits, each layer once for all who need it. */
function makeWork(
  parts: PackagesParts & { tasks: TaskMachines },
): Work & { needsOf(of: CommitOf): Promise<Needs> } {
  const { store } = parts
  const jobs = makeJobs(parts)
  const needsOf = remembered((of: CommitOf) => readNeeds(parts, of))
  const there = async (plan: { layer: string } | undefined) =>
    plan === undefined || (await store.has(plan.layer))
  const { install, prepare } = makeSteps(parts, { jobs, needsOf, there })
  return {
    needsOf,
    async look(of) {
      const job = jobs.find(keyOf(of))
      if (job?.failure !== undefined) return { is: "failed", why: job.failure, log: job.log() }
      if (job) return { is: "working", doing: job.doing, log: job.log() }
      const needs = await needsOf(of).catch(() => undefined)
      const ready = needs && (await there(needs.install)) && (await there(needs.build))
      return ready ? { is: "ready" } : { is: "missing", doing: "Installing packages" }
    },
    begin(of, ended) {
      prepare(of).done.then(ended, ended)
    },
    forget: (of) => jobs.forget(keyOf(of)),
    async prepare(of, signal) {
      const needs = await needsOf(of)
      if ((await there(needs.install)) && (await there(needs.build))) return
      await unlessAborted(prepare(of).done, signal)
    },
    async install(of, signal) {
      const needs = await needsOf(of)
      if (!needs.install || (await there(needs.install))) return
      await unlessAborted(install(needs.install).done, signal)
    },
    close: () => jobs.close(),
  }
}

interface Around {
  jobs: Jobs
  needsOf(of: CommitOf): Promise<Needs>
  there(plan: { layer: string } | undefined): Promise<boolean>
}

function makeSteps(
  parts: PackagesParts & { tasks: TaskMachines },
  { jobs, needsOf, there }: Around,
) {
  const install = (plan: NpmPlan) =>
    jobs.begin(`layer/${plan.layer}`, async ({ tell, ...watched }) => {
      if (await there(plan)) return
      tell("Installing packages")
      await installLayer(parts, plan, watched)
    })
  /** A job of the commit, which waits for that of its packages: others may wait for those, too. */
  const prepare = (of: CommitOf) =>
    jobs.begin(keyOf(of), async ({ tell, ...watched }) => {
      const needs = await needsOf(of)
      if (needs.install && !(await there(needs.install))) {
        const job = install(needs.install)
        tell("Installing packages")
        await job.done.finally(() => watched.print(job.log()))
      }
      if (!needs.build || (await there(needs.build))) return
      tell("Building")
      const repository = parts.repositories.of(of.projectId)
      await buildLayer({ ...parts, repository }, needs.build, watched)
    })
  return { install, prepare }
}

async function readNeeds({ repositories, platform }: PackagesParts, of: CommitOf): Promise<Needs> {
  const repository = repositories.of(of.projectId)
  const files = await repository.list(of.commit)
  // Who keeps packages among the files has installed them.
  const own = files.some(({ path }) => path.startsWith("node_modules/"))
  const npm = await readNpmFiles(repository, of.commit)
  if (!npm) return { install: undefined, build: undefined }
  const install = own ? undefined : planNpm(npm, platform)
  const manifest = parse(manifestSchema, npm.manifest, manifestFile)
  const build = planBuild(manifest, { ...of, files, platform, packages: install?.layer })
  return { install, build }
}

/** Commits never change: what was read of one stays true. */
function remembered(read: (of: CommitOf) => Promise<Needs>) {
  const known = new Map<string, Promise<Needs>>()
  const keptMax = 200
  return (of: CommitOf): Promise<Needs> => {
    const key = `${of.projectId}/${of.commit}`
    const found = known.get(key)
    if (found) return found
    const work = read(of)
    known.set(key, work)
    work.catch(() => known.delete(key))
    const [oldest] = known.keys()
    if (known.size > keptMax && oldest !== undefined) known.delete(oldest)
    return work
  }
}

/** The work goes on when nobody waits for it any more. */
async function unlessAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  const aborted = Promise.withResolvers<never>()
  const abort = () => aborted.reject(signal.reason)
  signal.addEventListener("abort", abort, { once: true })
  try {
    await Promise.race([work, aborted.promise])
  } finally {
    signal.removeEventListener("abort", abort)
  }
}
