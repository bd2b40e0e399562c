import type { IdOf } from "@vibecaas/contract/kinds"
import { and, asc, eq, inArray, lte, sql } from "drizzle-orm"
import { runSteps } from "../../db/tables/agents.ts"
import type { Tx } from "../../db/tenant.ts"

/** What a task's journal says to those who work after it. */
export interface TaskReport {
  /** the last words of its agent */
  said: string
  changed: string[]
  notes: string[]
  /** what its plan lets all tasks agree on */
  contract: string
  /** what its newest check showed */
  checked: string
}

const text = (path: string) => sql<string | null>`${runSteps.output} #>> ${path}`

/**
 * Of each task, by its id: what went well. With `triesMax`: what went well or not, up to that try.
 */
export async function listReports(
  tx: Tx,
  ids: readonly IdOf<"task">[],
  triesMax?: number,
): Promise<Map<string, TaskReport>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.orm
    .select({
      taskId: runSteps.taskId,
      kind: runSteps.kind,
      said: sql<
        string[]
      >`jsonb_path_query_array(${runSteps.output}, '$.content[*] ? (@.type == "text").text')`,
      changed: sql<
        string[] | null
      >`case when ${runSteps.commitAfter} is not null then ${runSteps.output} -> 'changed' end`,
      note: text("{note}"),
      contract: text("{plan,contract}"),
      checked: text("{evidence}"),
    })
    .from(runSteps)
    .where(
      and(
        inArray(runSteps.taskId, [...ids]),
        triesMax === undefined ? eq(runSteps.ok, true) : lte(runSteps.tryNumber, triesMax),
      ),
    )
    .orderBy(asc(runSteps.sequence))
  const byTask = Map.groupBy(rows, ({ taskId }) => taskId)
  return new Map([...byTask].map(([id, all]) => [id, reportOf(all)]))
}

interface Row {
  kind: string
  said: string[]
  changed: string[] | null
  note: string | null
  contract: string | null
  checked: string | null
}

function reportOf(rows: readonly Row[]): TaskReport {
  const last = (key: "contract" | "checked") => rows.findLast((row) => row[key])?.[key] ?? ""
  return {
    said: rows.findLast(({ kind }) => kind === "model")?.said.join("\n") ?? "",
    changed: [...new Set(rows.flatMap(({ changed }) => changed ?? []))],
    notes: rows.flatMap(({ note }) => note ?? []),
    ...{ contract: last("contract"), checked: last("checked") },
  }
}
