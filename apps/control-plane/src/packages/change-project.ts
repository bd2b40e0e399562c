import type { IdOf } from "@vibecaas/contract/kinds"
import type { PackageChange as ShownChange } from "@vibecaas/contract/kinds/packages"
import { fault, isFault } from "@vibecaas/kernel/fault"
import type { Actor, Ctx, Parts } from "../core/ctx.ts"
import { type CommitParts, commitFiles, needLivingProject } from "../projects/index.ts"
import type { PackageChange } from "./ecosystem.ts"
import { type Job, type Jobs, makeJobs } from "./jobs.ts"
import type { Packages, WantedChange } from "./make-packages.ts"

/** Changes that people make to the packages of projects: one at a time, and in this process alone. */
export interface ProjectChanges {
  /** @throws Fault `not_found`, `wrong_state` while another one is under way */
  begin(ctx: Ctx, of: { projectId: IdOf<"project"> } & WantedChange): Promise<ShownChange>
  /** what is changed now, or was changed last */
  last(projectId: string): ShownChange | null
  close(): void
}

export interface ChangesParts extends CommitParts, Pick<Parts, "scope" | "clock" | "log"> {
  packages: Pick<Packages, "change">
}

interface Known {
  asked: WantedChange
  startedAt: Date
  job: Job
}

/** How often a change is made again when somebody else wrote files meanwhile. */
const triesMax = 3

export function makeProjectChanges(parts: ChangesParts): ProjectChanges {
  const jobs = makeJobs(parts)
  const known = new Map<string, Known>()
  return {
    async begin(ctx, { projectId, ...asked }) {
      await needLivingProject(ctx, projectId)
      if (jobs.find(projectId)?.failure === undefined && jobs.find(projectId)) {
        throw fault("wrong_state", {
          say: "Packages of this project are being changed already. Wait until that is done.",
          retryable: true,
        })
      }
      const who = { organizationId: ctx.organizationId, actor: ctx.actor }
      const job = beginJob(parts, jobs, { ...who, projectId, asked })
      const made = { asked, startedAt: parts.clock.now(), job }
      known.set(projectId, made)
      return show(made, "working")
    },
    last(projectId) {
      const found = known.get(projectId)
      if (!found) return null
      if (found.job.failure !== undefined) return show(found, "failed")
      return show(found, jobs.find(projectId) === found.job ? "working" : "done")
    },
    close: () => jobs.close(),
  }
}

interface Asked {
  organizationId: string
  actor: Actor
  projectId: IdOf<"project">
  asked: WantedChange
}

function beginJob(
  { packages, repositories, saving, scope }: ChangesParts,
  jobs: Jobs,
  { organizationId, actor, projectId, asked }: Asked,
): Job {
  const change = async (watched: Parameters<Parameters<Jobs["begin"]>[1]>[0]) => {
    const commit = await repositories.of(projectId).head()
    const { files } = await packages.change({ projectId, commit }, { ...asked, ...watched })
    const changes = Object.entries(files).map(([path, content]) => ({ path, content }))
    await scope({ organizationId, actor }, (ctx) =>
      commitFiles(
        ctx,
        { repositories, saving },
        { projectId, message: titleOf(asked), parent: commit, changes },
      ),
    )
  }
  return jobs.begin(projectId, async (watched) => {
    watched.tell("Changing packages")
    for (let attempt = 1; ; attempt++) {
      try {
        return await change(watched)
      } catch (error) {
        if (!isFault(error, "conflict") || attempt >= triesMax) throw error
      }
    }
  })
}

/** The first line of the commit. */
export function titleOf({ add, remove }: Pick<PackageChange, "add" | "remove">): string {
  const parts = [
    ...(add.length > 0 ? [`Add ${add.join(", ")}`] : []),
    ...(remove.length > 0 ? [`Remove ${remove.join(", ")}`] : []),
  ]
  return (parts.join("; ") || "Lock the packages").slice(0, 200)
}

function show({ asked, startedAt, job }: Known, state: ShownChange["state"]): ShownChange {
  return {
    state,
    ecosystem: asked.ecosystem ?? null,
    add: [...asked.add],
    remove: [...asked.remove],
    failure: job.failure ?? null,
    log: job.log().slice(-8000),
    startedAt: startedAt.toISOString(),
  }
}
