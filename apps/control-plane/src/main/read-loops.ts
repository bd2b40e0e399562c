import type { LoopStatus } from "@vibecaas/contract/kinds/platform"
import type { Backlog } from "@vibecaas/reconcile/backlog"
import type { Loops } from "@vibecaas/reconcile/loops"

/** What tells of the loops: this process of its turns, the rows of everybody's. */
export type ReportingLoops = Pick<Loops, "status" | "backlog">

/** Every loop, as administrators of the installation see it. */
export async function readLoops(loops: ReportingLoops): Promise<LoopStatus[]> {
  const backlogs = new Map((await loops.backlog()).map((backlog) => [backlog.loop, backlog]))
  return loops.status().map(({ running, last, sweptAt, ...counted }) => ({
    name: counted.name,
    description: counted.description,
    concurrency: counted.concurrency,
    running: running.map(({ key, since }) => ({ ...key, since: since.toISOString() })),
    last: last
      ? {
          ...last.key,
          outcome: last.outcome,
          elapsedMs: last.elapsedMs,
          endedAt: last.endedAt.toISOString(),
        }
      : null,
    sweptAt: instant(sweptAt),
    turns: counted.turns,
    failures: counted.failures,
    corrections: counted.corrections,
    ...shownBacklog(backlogs.get(counted.name)),
  }))
}

function shownBacklog(backlog: Backlog | undefined) {
  return {
    due: backlog?.due ?? 0,
    oldestDueAt: instant(backlog?.oldestDueAt),
    failing: backlog?.failing ?? 0,
    failingLongest: (backlog?.failingKeys ?? []).map(({ key, since, cause, ...rest }) => ({
      ...key,
      ...rest,
      since: since.toISOString(),
      cause: cause ?? null,
    })),
  }
}

const instant = (at: Date | undefined) => at?.toISOString() ?? null
