import type { InquiryKind } from "@vibecaas/contract/inquiry"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx, Parts } from "../../core/ctx.ts"
import { record } from "../../core/record.ts"
import type { InquiryRow } from "../inquiry.ts"
import { insertInquiry, listInquiries } from "../queries/inquiries.ts"
import { lockRun } from "../queries/runs.ts"
import { writeTask } from "../queries/tasks.ts"
import { type RunRow, runInWords } from "../run.ts"
import { noCall, type TaskRow } from "../task.ts"
import { runChanged } from "../tell.ts"
import { asAgent } from "./as-agent.ts"
import { storable } from "./storable.ts"
import { stopIfCancelled, taskLost } from "./task-writes.ts"

/** Whoever may answer what a task asks. */
export interface People {
  /**
   * What somebody answered. While nobody has, the question stands where people see it and the turn
   * ends: once there is an answer, a later turn makes the same call again and gets it.
   *
   * @throws Fault `awaits_person`; `invalid` when the run has asked enough, or when a call that waited
   * for an approval is about something else by now
   */
  ask(question: Question): Promise<Answer>
}

export interface Question {
  kind: InquiryKind
  /** the call that asks, by the name that its commit would have */
  call: string
  text: string
  choices: readonly string[]
}

export interface Answer {
  answer: string
  /** who answered */
  by: string
}

interface PeopleParts extends Pick<Parts, "scope"> {
  run: RunRow
  task: TaskRow
  /** of the turn that has the task */
  fence: number
  /** questions of one run */
  questionsMax: number
}

export function makePeople(parts: PeopleParts): People {
  const { run, task } = parts
  return {
    async ask(question) {
      const row = await parts.scope(asAgent(run, task), (ctx) => askOnce(ctx, parts, question))
      if (row?.state !== "answered") {
        throw fault("awaits_person", { say: "It waits for somebody's answer." })
      }
      return { answer: row.answer ?? "", by: row.answeredByName ?? "" }
    },
  }
}

/** The answered row of the same call, or nothing once the task waits for one. */
async function askOnce(
  ctx: Ctx,
  { run, task, fence, questionsMax }: PeopleParts,
  question: Question,
): Promise<InquiryRow | undefined> {
  const now = await lockRun(ctx.db, run.id)
  if (!now) throw taskLost(task.id)
  stopIfCancelled(now)
  const asked = await listInquiries(ctx.db, [run.id])
  const known = asked.find(({ call, state }) => call === question.call && state !== "withdrawn")
  if (known && known.text !== storable(question.text)) throw changedMeanwhile()
  if (known?.state === "answered") return known
  if (!known && question.kind === "question") needRoom(asked, questionsMax)
  const at = ctx.clock.now()
  const set = { ...noCall, state: "asking" as const }
  if (!(await writeTask(ctx.db, task.id, { fence, set, at }))) throw taskLost(task.id)
  if (!known) {
    const row = rowOf(ctx, { run, task }, question)
    await insertInquiry(ctx.db, row)
    const details = { about: runInWords(now), projectId: run.projectId, question: row.text }
    record(ctx, { action: "run.ask", subject: run.id, details })
  }
  runChanged(ctx, run.id)
  // It sees to the draft, which nobody may need for long.
  ctx.wake("runs", run.id)
  return undefined
}

const changedMeanwhile = () =>
  fault("invalid", {
    say: "The call would do something else now than what was asked about, so it was not made.",
  })

/** @throws Fault `invalid` */
function needRoom(asked: readonly InquiryRow[], questionsMax: number): void {
  if (asked.filter(({ kind }) => kind === "question").length < questionsMax) return
  throw fault("invalid", {
    say: `This run has asked its ${questionsMax} questions. Decide by yourself, and say what you decided.`,
  })
}

function rowOf(
  ctx: Ctx,
  { run, task }: Pick<PeopleParts, "run" | "task">,
  { kind, call, text, choices }: Question,
): InquiryRow {
  return {
    id: ctx.newId("inq"),
    organizationId: run.organizationId,
    runId: run.id,
    taskId: task.id,
    kind,
    ...storable({ call, text, choices: [...choices] }),
    state: "open",
    ...{ answer: null, answeredById: null, answeredByName: null, answeredAt: null },
    askedAt: ctx.clock.now(),
  }
}
