import type { PackageEcosystem } from "@vibecaas/contract/kinds/packages"
import type { StarterWarming } from "@vibecaas/contract/kinds/platform"
import type { Guest } from "@vibecaas/microvm/guest-client"
import type { Toolchains } from "@vibecaas/microvm/toolchains"
import type { Registry } from "@vibecaas/registry/registry"
import type { Parts } from "../core/ctx.ts"
import { type MachinesParts, makeTaskMachines, type TaskMachines } from "../machines/index.ts"
import type { Repositories, Repository } from "../projects/index.ts"
import { type BuildPlan, buildLayer, planBuild } from "./build.ts"
import { type ChangedPackages, changePackages } from "./change-packages.ts"
import type { PackageChange, Watched } from "./ecosystem.ts"
import { chooseEcosystem, readFiles, sourcesOf, usedBy } from "./ecosystems.ts"
import { type InstallParts, installLayer } from "./install.ts"
import { type Jobs, makeJobs } from "./jobs.ts"
import type { LayerStore } from "./layer-store.ts"
import { type Install, needsOf } from "./needs.ts"
import { makeStarterBuilds, type StarterBuildsParts } from "./starter-builds.ts"
import { tryAgain } from "./try-again.ts"
import { unlessAborted } from "./unless-aborted.ts"
import { bringLayer } from "./use-layers.ts"
import { makeWarming } from "./warm-starters.ts"

export interface CommitOf {
  projectId: string
  commit: string
  /** false: without what its script `build` makes */
  built?: boolean
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
    how: WantedChange & Watched,
  ): Promise<ChangedPackages>
  /** makes what the platform's own starters need, while nobody waits for anything */
  warm(signal: AbortSignal): Promise<void>
  /** how far it is with that */
  warming(): StarterWarming
  /** removes what nobody used for long, when there is too much of it */
  sweep(): Promise<void>
  close(): void
}

export interface WantedChange extends PackageChange {
  /** the one that the project uses when absent, or npm */
  ecosystem?: PackageEcosystem | undefined
}

export interface PackagesParts
  extends Pick<MachinesParts, "fleet">,
    Pick<Parts, "clock" | "newId" | "log"> {
  repositories: Repositories
  registry: Registry
  store: LayerStore
  /** what packages are made for */
  toolchains: Toolchains
  /** whose a project is: their tasks take turns with those of others */
  tenantOf(projectId: string): Promise<string>
  /** names of packages whose own scripts a person lets run in a project */
  scriptsOf(projectId: string): Promise<readonly string[]>
  /** the platform's own, whose builds are everybody's */
  starters: StarterBuildsParts["starters"]
  /** where it installs and builds; machines of the fleet when absent */
  tasks?: TaskMachines
  /** most that files of the registry may take */
  registryBytesMax: number
}

interface Needs {
  /** packages that have a script of their own, by name */
  scripts: readonly string[]
  installs: readonly Install[]
  build: BuildPlan | undefined
}

const layersOf = ({ installs }: Needs) => installs.map(({ plan }) => plan.layer)

export function makePackages(options: PackagesParts): Packages {
  const { store, registry, repositories } = options
  const parts = {
    ...options,
    tasks: options.tasks ?? makeTaskMachines(options),
    isOfStarter: makeStarterBuilds(options),
  }
  const work = makeWork(parts)
  return {
    ...work,
    async use(guest, { folder, built, ...of }) {
      const needs = await work.needsOf({ ...of, built })
      await guest.dropLayers(folder)
      const build = needs.build ? [needs.build.layer] : []
      for (const name of [...layersOf(needs), ...build])
        await bringLayer(guest, store, { name, folder })
    },
    async change({ projectId, commit }, { ecosystem: asked, ...how }) {
      const repository = repositories.of(projectId)
      const used = commit === null ? [] : await usedBy(repository, commit)
      const ecosystem = chooseEcosystem(used, asked)
      const before = commit === null ? {} : await readFiles(repository, { commit, ecosystem })
      const tasks = parts.tasks.of(await parts.tenantOf(projectId))
      const sources = () => sourcesOf(repository, { commit, ecosystem })
      return changePackages({ ...parts, tasks }, { ecosystem, before, sources }, how)
    },
    async sweep() {
      await store.sweep()
      await registry.sweep(options.registryBytesMax)
    },
  }
}

const keyOf = ({ projectId, commit, built = true }: CommitOf) =>
  `${projectId}/${commit}${built ? "" : "/as-it-is"}`

type Work = Pick<
  Packages,
  "look" | "begin" | "forget" | "prepare" | "install" | "warm" | "warming" | "close"
>

interface WorkParts extends PackagesParts {
  tasks: TaskMachines
  isOfStarter: ReturnType<typeof makeStarterBuilds>
}

/** What is installed and built for commits, each layer once for all who need it. */
function makeWork(parts: WorkParts): Work & { needsOf(of: CommitOf): Promise<Needs> } {
  const { store } = parts
  const jobs = makeJobs(parts)
  const needsOf = makeNeedsOf(parts)
  const there = async (layer: string | undefined) => layer === undefined || (await store.has(layer))
  const allThere = async (needs: Needs) => {
    const found = await Promise.all([...layersOf(needs), needs.build?.layer].map(there))
    return found.every(Boolean)
  }
  const { install, build, prepare } = makeSteps(parts, { jobs, needsOf, there })
  const warming = makeWarming({ ...parts, busy: jobs.busy, there, install, build })
  return {
    needsOf,
    async look(of) {
      const job = jobs.find(keyOf(of))
      if (job?.failure !== undefined) return { is: "failed", why: job.failure, log: job.log() }
      if (job) return { is: "working", doing: job.doing, log: job.log() }
      const needs = await needsOf(of).catch(() => undefined)
      const ready = needs && (await allThere(needs))
      return ready ? { is: "ready" } : { is: "missing", doing: "Installing packages" }
    },
    begin(of, ended) {
      prepare(of).done.then(ended, ended)
    },
    forget: (of) => jobs.forget(keyOf(of)),
    async prepare(of, signal) {
      if (await allThere(await needsOf(of))) return
      await unlessAborted(prepare(of).done, signal)
    },
    async install(of, signal) {
      for (const each of (await needsOf(of)).installs)
        if (!(await there(each.plan.layer)))
          await unlessAborted(install(tenantIn(parts, of), each).done, signal)
    },
    warm: warming.run,
    warming: warming.seen,
    close: () => jobs.close(),
  }
}

interface Around {
  jobs: Jobs
  needsOf(of: CommitOf): Promise<Needs>
  there(layer: string | undefined): Promise<boolean>
}

type MakeLayer = (on: InstallParts, watched: Watched) => Promise<void>

/** Whose turn it is when a machine is free. */
type TenantOf = () => Promise<string>

const tenantIn =
  (parts: WorkParts, { projectId }: CommitOf): TenantOf =>
  () =>
    parts.tenantOf(projectId)

function makeSteps(parts: WorkParts, { jobs, needsOf, there }: Around) {
  /** @param tenantOf who asks first */
  const makeLayer = (
    tenantOf: TenantOf,
    { layer, doing, make }: { layer: string; doing: string; make: MakeLayer },
  ) =>
    jobs.begin(`layer/${layer}`, async ({ tell, ...watched }) => {
      if (await there(layer)) return
      const tasks = parts.tasks.of(await tenantOf())
      await tryAgain({ ...parts, ...watched, tell }, () => {
        tell(doing)
        return make({ ...parts, tasks }, watched)
      })
    })
  const install = (tenantOf: TenantOf, { ecosystem, plan }: Install) =>
    makeLayer(tenantOf, {
      ...{ layer: plan.layer, doing: "Installing packages" },
      make: (on, watched) => installLayer(on, { ecosystem, plan }, watched),
    })
  const build = (
    tenantOf: TenantOf,
    { plan, repository }: { plan: BuildPlan; repository: Pick<Repository, "readAll"> },
  ) =>
    makeLayer(tenantOf, {
      ...{ layer: plan.layer, doing: "Building" },
      make: (on, watched) => buildLayer({ ...on, repository }, plan, watched),
    })
  /** A job of the commit, which waits for those of its layers: others may wait for those, too. */
  const prepare = (of: CommitOf) =>
    jobs.begin(keyOf(of), async ({ join }) => {
      const needs = await needsOf(of)
      const tenantOf = tenantIn(parts, of)
      for (const each of needs.installs) {
        if (!(await there(each.plan.layer))) await join(install(tenantOf, each))
      }
      if (!needs.build || (await there(needs.build.layer))) return
      const repository = parts.repositories.of(of.projectId)
      await join(build(tenantOf, { plan: needs.build, repository }))
    })
  return { install, build, prepare }
}

/** What a commit needs, with the scripts that may run as it is asked. */
function makeNeedsOf(parts: WorkParts): (of: CommitOf) => Promise<Needs> {
  const keyWith = (of: Asked) => [keyOf(of), ...of.allowed].join(" ")
  const needsWith = remembered(keyWith, (of: Asked) => readNeeds(parts, of))
  return async (of) => {
    const without = await needsWith({ ...of, allowed: [] })
    if (without.scripts.length === 0) return without
    const known = await parts.scriptsOf(of.projectId)
    return needsWith({ ...of, allowed: without.scripts.filter((name) => known.includes(name)) })
  }
}

interface Asked extends CommitOf {
  allowed: readonly string[]
}

async function readNeeds(parts: WorkParts, { allowed, ...of }: Asked): Promise<Needs> {
  const repository = parts.repositories.of(of.projectId)
  const files = await repository.list(of.commit)
  const used = (await usedBy(repository, of.commit)).map((each) => ({ ...each, allowed }))
  const scripts = used.flatMap(({ ecosystem, files }) => ecosystem.scripts?.(files) ?? [])
  const { installs, building } = needsOf(used, { files, toolchains: parts.toolchains })
  if (!building || of.built === false) return { scripts, installs, build: undefined }
  const isShared = await parts.isOfStarter(building.from)
  const build = planBuild(building, isShared ? undefined : of.projectId)
  return { scripts, installs, build }
}

/** Commits never change: what was read of one stays true. */
function remembered<Of, T>(keyOf: (of: Of) => string, read: (of: Of) => Promise<T>) {
  const known = new Map<string, Promise<T>>()
  const keptMax = 200
  return (of: Of): Promise<T> => {
    const key = keyOf(of)
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
