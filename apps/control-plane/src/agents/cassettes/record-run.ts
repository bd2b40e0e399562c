import { createHash } from "node:crypto"
import type { FileEntry } from "@vibecaas/contract/commits"
import type { IdOf } from "@vibecaas/contract/kinds"
import { fault } from "@vibecaas/kernel/fault"
import { environmentOf } from "../../apps/index.ts"
import type { Ctx } from "../../core/ctx.ts"
import type { FileContent } from "../../core/kind.ts"
import type { Repositories, Repository } from "../../projects/index.ts"
import { needRun } from "../need-run.ts"
import { listProjectAttachments, readContent } from "../queries/attachments.ts"
import { listMessages } from "../queries/messages.ts"
import { listSteps } from "../queries/steps.ts"
import { listTasks } from "../queries/tasks.ts"
import { type RunRow, unfinishedRunStates } from "../run.ts"
import type { StepRow } from "../step.ts"
import type { TaskRow } from "../task.ts"
import type { ModelFailure } from "../work/model-failure.ts"
import type { RecordedAnswer } from "../work/recorded-answer.ts"
import { readInput } from "../work/tool-input.ts"
import {
  type Cassette,
  type CassetteAnswer,
  type CassetteAttached,
  type CassetteCall,
  type CassetteFiles,
  cassetteBytesMax,
  cassetteHead,
} from "./cassette.ts"
import { leaveOut } from "./leave-out.ts"

/** What is recorded of a run, read in one transaction. */
interface Recorded {
  run: RunRow
  tasks: TaskRow[]
  steps: StepRow[]
  attachments: CassetteAttached[]
  messages: NonNullable<Cassette["messages"]>
  secrets: string[]
}

const stepsAtOnce = 500
const filesMax = 2000
const filesBytesMax = 10_000_000

/**
 * The cassette of a run that has ended, as a file.
 *
 * @throws Fault `not_found`, `wrong_state`; while it is read `too_large`
 */
export async function recordRun(
  ctx: Ctx,
  repositories: Repositories,
  runId: IdOf<"run">,
): Promise<FileContent> {
  const run = await needRun(ctx, runId)
  if (unfinishedRunStates.includes(run.state)) {
    throw fault("wrong_state", { say: "The run is at work. It can be recorded once it has ended." })
  }
  const recorded = {
    run,
    tasks: await listTasks(ctx.db, [runId]),
    steps: await allSteps(ctx, runId),
    attachments: await readAttached(ctx, run),
    messages: (await listMessages(ctx.db, [runId]))
      .filter(({ heardAt }) => heardAt !== null)
      .map(({ sentByName: by, text }) => ({ by, text })),
    secrets: Object.values(await environmentOf(ctx, run.projectId)),
  }
  return {
    name: `run-${run.number}-recording.json`,
    pieces: textOf(repositories.of(run.projectId), recorded),
  }
}

async function readAttached(ctx: Ctx, run: RunRow): Promise<CassetteAttached[]> {
  const read: CassetteAttached[] = []
  for (const { row } of await listProjectAttachments(ctx.db, run)) {
    const { path, message, sha256 } = row
    const bytes = (await readContent(ctx.db, sha256)) ?? Buffer.of()
    const earlier = row.runId !== run.id
    read.push({ path: path ?? row.name, message, earlier, content: contentOf(bytes) })
  }
  return read
}

async function allSteps(ctx: Ctx, runId: IdOf<"run">): Promise<StepRow[]> {
  const steps: StepRow[] = []
  for (;;) {
    const after = steps.at(-1)?.sequence
    const page = { limit: stepsAtOnce, after: after === undefined ? undefined : Number(after) }
    const more = await listSteps(ctx.db, runId, page)
    steps.push(...more)
    if (more.length < stepsAtOnce) return steps
  }
}

async function* textOf(repository: Repository, recorded: Recorded): AsyncGenerator<string> {
  const text = `${JSON.stringify(await cassetteOf(repository, recorded), null, 2)}\n`
  if (Buffer.byteLength(text) > cassetteBytesMax) throw tooLarge("the run")
  yield text
}

/** git is asked outside of any transaction: it starts processes. */
async function cassetteOf(
  repository: Repository,
  { run, tasks, steps, secrets, ...given }: Recorded,
): Promise<Cassette> {
  const startCommit = tasks[0]?.commitBefore ?? null
  const before = startCommit ? await repository.list(startCommit) : []
  const after = run.commit ? await repository.list(run.commit) : before
  const leaves = leaveOut(secrets)
  const { goal } = leaves.from({ goal: run.goal })
  const files = leaves.from(startCommit ? await readFiles(repository, startCommit, before) : {})
  const { attachments, messages } = leaves.from(given)
  const recorded = tasks.map((task) => {
    const { role, title, instructions, state, evidence } = task
    const calls = steps.flatMap((step, order) =>
      step.taskId === task.id ? [callOf(step, order)] : [],
    )
    return leaves.from({ role, title, instructions, state, evidence, calls })
  })
  const tree = leaves.count > 0 ? null : treeHash(after)
  return {
    ...cassetteHead,
    recordedAt: run.createdAt.toISOString(),
    goal,
    start: { tree: treeHash(before), files },
    ...(attachments.length > 0 ? { attachments } : {}),
    ...(messages.length > 0 ? { messages } : {}),
    tasks: recorded,
    end: { state: run.state, failure: leaves.from(run.failure), tree },
    secretsLeftOut: leaves.count,
  }
}

/** The same for the same files, whoever wrote them and when. */
function treeHash(files: readonly FileEntry[]): string {
  const hash = createHash("sha256")
  const lines = files.map(({ path, sha }) => `${path}\0${sha}\n`)
  for (const line of lines.toSorted()) hash.update(line)
  return hash.digest("hex")
}

async function readFiles(
  repository: Repository,
  commit: string,
  files: readonly FileEntry[],
): Promise<CassetteFiles> {
  const bytes = files.reduce((sum, { size }) => sum + size, 0)
  if (files.length > filesMax || bytes > filesBytesMax) throw tooLarge("the project")
  const read: CassetteFiles = {}
  for (const { path, size } of files) {
    const content = (await repository.read(commit, path, size))?.content ?? Buffer.of()
    read[path] = contentOf(content)
  }
  return read
}

function contentOf(bytes: Buffer): CassetteFiles[string] {
  const text = bytes.toString()
  return Buffer.from(text).equals(bytes) ? text : { base64: bytes.toString("base64") }
}

const tooLarge = (what: string) =>
  fault("too_large", { say: `No recording can be made: ${what} is too large for one file.` })

function callOf(step: StepRow, order: number): CassetteCall {
  const { kind, callKey: key, name, ok, output, tryNumber } = step
  if (kind !== "model") return { order, try: tryNumber, kind, key, name, ok, output }
  const { messages } = (step.input ?? {}) as { messages?: number }
  const sent = messages === undefined ? {} : { messages }
  // What ask-model.ts writes is one or the other.
  const said = ok ? answerOf(output as RecordedAnswer) : failureOf(output as ModelFailure)
  return { order, try: tryNumber, kind, ...sent, ...said }
}

type Said = Pick<CassetteAnswer, "content" | "finish" | "tokens" | "failure">

/** Marks of a provider are its own: they are of no use to anybody else. */
function answerOf({ content, finishReason, usage }: RecordedAnswer): Said {
  const { total: input } = usage?.inputTokens ?? {}
  const { total: output } = usage?.outputTokens ?? {}
  const tokens = {
    ...(input === undefined ? {} : { input }),
    ...(output === undefined ? {} : { output }),
  }
  const parts = content.map((part) => {
    if (part.type !== "tool-call") return { type: part.type, text: part.text }
    const read = part.input === "" ? undefined : readInput(part.input)
    const asked = read && "input" in read ? (read.input as Record<string, unknown>) : part.input
    return { type: part.type, id: part.toolCallId, name: part.toolName, input: asked }
  })
  // Streams that end as "interrupted" are no answers, so none is recorded with that word.
  const finish = finishReason.unified as Said["finish"]
  return { content: parts, finish, tokens }
}

function failureOf({ say, retryable, limit }: ModelFailure): Said {
  return { finish: "error", failure: { say, retryable, ...(limit ? { limit } : {}) } }
}
