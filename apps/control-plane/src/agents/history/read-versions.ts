import type { IdOf } from "@vibecaas/contract/kinds"
import type { Page } from "@vibecaas/contract/paging"
import type { Version } from "@vibecaas/contract/version"
import { z } from "zod"
import type { Ctx } from "../../core/ctx.ts"
import { decodeCursor, takePage } from "../../core/cursor.ts"
import type { AgentsOptions } from "../agents-parts.ts"
import { listRunsById } from "../queries/runs.ts"
import type { PageRequest } from "../read-runs.ts"
import type { RunRow } from "../run.ts"
import { readHistory } from "./read-history.ts"
import type { Segment } from "./segments.ts"

const cursor = z.object({ commit: z.string() })
const noSize = { files: 0, added: 0, removed: 0 }

/** A project's versions, newest first. */
export async function readVersions(
  ctx: Ctx,
  parts: Pick<AgentsOptions, "repositories" | "machines">,
  of: PageRequest & { projectId: IdOf<"project"> },
): Promise<Page<Version>> {
  const { projectId, limit } = of
  const after = decodeCursor(cursor, of.cursor)?.commit
  const enough = ({ length }: readonly Segment[]) => length > limit
  const found = await readHistory(ctx, parts.repositories, { projectId, after, enough })
  const segments = found.slice(0, limit + 1)
  const spans = segments.map(({ base, commits }) => ({ from: base, to: commits[0]?.id ?? "" }))
  const sizes = await parts.repositories.of(projectId).sizes(spans)
  const runs = await runsIn(ctx, segments)
  const live = await parts.machines.liveCommit(ctx, projectId)
  const rows = segments.map((segment, at) => ({ segment, size: sizes[at] ?? noSize }))
  return takePage(rows, limit, {
    show: ({ segment, size }) => showVersion(segment, { size, runs, live }),
    position: ({ segment }) => ({ commit: segment.commits.at(-1)?.id ?? "" }),
  })
}

async function runsIn(
  ctx: Ctx,
  segments: readonly Segment[],
): Promise<ReadonlyMap<string, RunRow>> {
  const ids = segments.map(({ run }) => run).filter((run) => run !== null)
  return new Map((await listRunsById(ctx.db, ids)).map((run) => [run.id, run]))
}

function showVersion(
  { commits, base, mark, run: runId }: Segment,
  known: {
    size: Pick<Version, "files" | "added" | "removed">
    runs: ReadonlyMap<string, RunRow>
    live: string | null
  },
): Version {
  const run = known.runs.get(runId ?? "")
  const [newest] = commits
  return {
    id: newest?.id ?? "",
    base,
    kind: run ? "run" : (mark?.kind ?? "edit"),
    title: run?.goal ?? newest?.message.split("\n")[0] ?? "",
    author: run?.startedByName ?? newest?.author ?? "",
    at: newest?.at ?? "",
    commits: commits.length,
    ...known.size,
    run: run ? { id: run.id, number: run.number, goal: run.goal, state: run.state } : null,
    of: mark?.of ?? null,
    live: commits.some(({ id }) => id === known.live),
  }
}
