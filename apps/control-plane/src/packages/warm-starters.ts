import type { StarterWarming } from "@vibecaas/contract/kinds/platform"
import { isFault } from "@vibecaas/kernel/fault"
import type { Parts } from "../core/ctx.ts"
import { blobId, type Repository } from "../projects/index.ts"
import { type BuildPlan, planBuild } from "./build.ts"
import type { Job } from "./jobs.ts"
import type { Install } from "./needs.ts"
import { type StarterBuildsParts, starterNeeds } from "./starter-builds.ts"
import { unlessAborted } from "./unless-aborted.ts"

export interface WarmingParts extends StarterBuildsParts, Pick<Parts, "clock"> {
  /** whether somebody's packages are installed or built now */
  busy(): boolean
  there(layer: string | undefined): Promise<boolean>
  install(tenantOf: () => Promise<string>, each: Install): Job
  build(
    tenantOf: () => Promise<string>,
    of: { plan: BuildPlan; repository: Pick<Repository, "readAll"> },
  ): Job
}

/** One piece of work that is done once for all who begin with a starter. */
interface Step {
  starter: string
  layer: string
  begin(): Job
}

/** How often it is looked whether nobody waits any more, in `ms`. */
const lookMs = 5000
const tenantOf = async () => "starters"

/**
 * Installs and builds what the platform's own starters need, one thing after the other and only while
 * nobody else waits for such work, so that the first who begins with one has it at once. What is there is
 * kept: after another start it goes on where it was.
 */
export function makeWarming(parts: WarmingParts): {
  run(signal: AbortSignal): Promise<void>
  seen(): StarterWarming
} {
  let shown: StarterWarming = { state: "off", ready: 0, total: 0, doing: null, failed: [] }
  const show = (more: Partial<StarterWarming>) => {
    shown = { ...shown, ...more }
  }
  const untilIdle = async (signal: AbortSignal) => {
    for (; parts.busy(); await parts.clock.sleep(lookMs, signal)) show({ state: "waiting" })
  }
  const take = async (step: Step, signal: AbortSignal) => {
    if (await parts.there(step.layer)) return
    await untilIdle(signal)
    show({ state: "working", doing: step.starter })
    await unlessAborted(step.begin().done, signal)
  }
  return {
    seen: () => shown,
    async run(signal) {
      show({ state: "waiting", ready: 0, failed: [] })
      const all = (await parts.starters()).map(({ id, files }) => stepsOf(parts, { id, files }))
      const some = all.filter((steps) => steps.length > 0)
      show({ total: some.length })
      for (const steps of some) {
        try {
          for (const step of steps) await take(step, signal)
          show({ ready: shown.ready + 1 })
        } catch (error) {
          signal.throwIfAborted()
          if (!isFault(error)) throw error
          const starter = steps[0]?.starter ?? ""
          show({ failed: [...shown.failed, { starter, why: error.say }] })
          // A registry that is away is so for the next one, too.
          if (error.retryable) break
        }
      }
      show({ state: "done", doing: null })
    },
  }
}

function stepsOf(
  parts: WarmingParts,
  { id, files }: Awaited<ReturnType<StarterBuildsParts["starters"]>>[number],
): Step[] {
  try {
    const { installs, building } = starterNeeds(files, parts.toolchains)
    const made = installs.map((each) => ({
      ...{ starter: id, layer: each.plan.layer },
      begin: () => parts.install(tenantOf, each),
    }))
    if (!building) return made
    const plan = planBuild(building, undefined)
    const contents = new Map(files.map(({ content }) => [blobId(content), content]))
    const readAll: Repository["readAll"] = async (entries) =>
      entries.map(({ sha }) => contents.get(sha) ?? Buffer.of())
    const begin = () => parts.build(tenantOf, { plan, repository: { readAll } })
    return [...made, { starter: id, layer: plan.layer, begin }]
  } catch (error) {
    // Its language is not on this host: nobody begins with it here.
    parts.log.debug({ err: error, starter: id }, "a starter is not warmed")
    return []
  }
}
