import type { Tx } from "../../db/tenant.ts"
import { type Accounted, isVerifier } from "../account.ts"
import { type Given, givenAs } from "../attachments/attachment.ts"
import { listAccounts } from "../queries/accounts.ts"
import { listProjectAttachments } from "../queries/attachments.ts"
import { listHeard } from "../queries/heard.ts"
import { listMessages } from "../queries/messages.ts"
import { type Confirmed, confirmedFor } from "../queries/proposals.ts"
import { listReports, type TaskReport } from "../queries/reports.ts"
import { findRun, listEarlierRuns } from "../queries/runs.ts"
import { listTasks } from "../queries/tasks.ts"
import type { RunRow } from "../run.ts"
import { type TaskRow, tasksBefore } from "../task.ts"
import type { Heard } from "./listen.ts"

/** What an agent is told of the work before its own: the same after a crash as before it. */
export interface HandOver {
  /** the tasks that this one builds on, near and far, in the order of the plan */
  before: (TaskReport & Pick<TaskRow, "role" | "title" | "evidence">)[]
  /** what they say became of wishes of the goal */
  accounts: Accounted[]
  /** what an earlier attempt at this very task left, if there was one */
  attempt: TaskReport | undefined
  /** earlier runs on the project, newest first, with what was written to them; only a planning agent is told */
  runs: EarlierRun[]
  /** the run that was stopped for this one, with what it had written; only a planning agent is told */
  stopped: { number: number; changed: string[] } | undefined
  /** the starter that a person confirmed, with what it builds of the goal; only a planning agent is told */
  confirmed: Confirmed | undefined
  /** what people wrote to the run before the task began */
  messages: Heard[]
  /** what people gave before the task began, with this run or, `earlier`, with one before it */
  attachments: (Given & { earlier: number | null })[]
}

export type EarlierRun = RunRow & { messages: { text: string; heard: boolean }[] }

const earlierRunsMax = 6

export async function readHandOver(
  tx: Tx,
  of: { run: RunRow; task: TaskRow; tasks: readonly TaskRow[] },
): Promise<HandOver> {
  const { run, task, tasks } = of
  const before = tasksBefore(task, tasks)
  const ids = before.map(({ id }) => id)
  const reports = await listReports(tx, ids)
  const again =
    task.triesBefore > 0 ? await listReports(tx, [task.id], task.triesBefore) : undefined
  return {
    before: before.map((each) => ({ ...(reports.get(each.id) ?? nothing), ...each })),
    accounts: isVerifier(task.role) ? await listAccounts(tx, ids) : [],
    attempt: again?.get(task.id),
    runs:
      task.role === "planning"
        ? await withMessages(tx, await listEarlierRuns(tx, run, earlierRunsMax))
        : [],
    stopped: task.role === "planning" ? await stoppedFor(tx, run) : undefined,
    confirmed: task.role === "planning" ? await confirmedFor(tx, run.id) : undefined,
    messages: (await listHeard(tx, run)).filter(({ number }) => number <= task.messagesBefore),
    attachments: (await listProjectAttachments(tx, run))
      .filter(({ row }) => row.runId !== run.id || (row.message ?? 0) <= task.messagesBefore)
      .map((each) => ({
        ...givenAs(each.row),
        earlier: each.row.runId === run.id ? null : each.run,
      })),
  }
}

async function withMessages(tx: Tx, runs: readonly RunRow[]): Promise<EarlierRun[]> {
  const messages = await listMessages(
    tx,
    runs.map(({ id }) => id),
  )
  return runs.map((run) => ({
    ...run,
    messages: messages
      .filter(({ runId }) => runId === run.id)
      .map(({ text, heardAt }) => ({ text, heard: heardAt !== null })),
  }))
}

async function stoppedFor(tx: Tx, { continues }: RunRow): Promise<HandOver["stopped"]> {
  const before = continues && (await findRun(tx, continues))
  if (!before) return undefined
  const tasks = await listTasks(tx, [before.id])
  const reports = await listReports(
    tx,
    tasks.map(({ id }) => id),
  )
  const changed = [...reports.values()].flatMap((report) => report.changed)
  return { number: before.number, changed: [...new Set(changed)] }
}

const nothing: TaskReport = { said: "", changed: [], notes: [], contract: "", checked: "" }
