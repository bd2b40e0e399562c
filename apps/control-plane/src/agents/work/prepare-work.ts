import { bestEffort } from "@vibecaas/kernel/log"
import { isVerifier, openClauses } from "../account.ts"
import type { AgentsParts } from "../agents-parts.ts"
import { withAttached } from "../attachments/attached-files.ts"
import { readGifts } from "../attachments/read-gifts.ts"
import { type Eyes, makeEyes } from "../browser/eyes.ts"
import { lineOf, type ModelEntry, modelsOf } from "../models/model.ts"
import { planningPrompt, taskPrompt } from "../prompts.ts"
import { listHeard } from "../queries/heard.ts"
import { listTasks } from "../queries/tasks.ts"
import { runInWords } from "../run.ts"
import { repositoryOf } from "../run-repository.ts"
import { checkWaitsFor, endedTaskStates, type TaskRow, tasksBefore } from "../task.ts"
import { makeAhead } from "./ahead.ts"
import { makeAiAccess } from "./ai-access.ts"
import { approveDeletion } from "./approvals.ts"
import { asAgent } from "./as-agent.ts"
import { addUsed, budgetsWith, usedBy } from "./budget.ts"
import type { ClaimedTask } from "./claimed-task.ts"
import { codeTrust } from "./code-trust.ts"
import type { TaskWork } from "./execute-task.ts"
import type { Floor } from "./floor.ts"
import { type Journal, makeJournal } from "./journal.ts"
import { makeListen } from "./listen.ts"
import { makeNetworkAccess } from "./network-access.ts"
import { makeOutside } from "./outside.ts"
import { makePeople, type People } from "./people.ts"
import { makeProjectFiles } from "./project-files.ts"
import { makeProjectMachine } from "./project-machine.ts"
import { makeShowing, showChanges } from "./show-changes.ts"
import { makeTaskWrites } from "./task-writes.ts"

/** Builds the narrow bench a task is worked on at: one project's files and machine, one journal. */
export async function prepareWork(
  parts: AgentsParts,
  claimed: ClaimedTask,
  signal: AbortSignal,
): Promise<TaskWork> {
  const { run, task, start, steps, fence, resumed } = claimed
  const { clock } = parts
  const models = modelsOf(parts.models, run)
  const entry = models.for(task.role)
  const own = models.limits?.(task.role) ?? {}
  const budgets = budgetsWith(parts.budgets, own)
  const writes = makeTaskWrites({ scope: parts.scope, run, task, fence })
  const used = usedBy(steps)
  const journal = makeJournal({
    recorded: steps,
    now: () => clock.now(),
    write: async (call) => {
      await writes.step(call)
      addUsed(used, { ...call, cost: call.spent?.cost ?? null })
      parts.meters?.call(task.role, call)
    },
  })
  const trust = await codeTrust(models, repositoryOf(parts.repositories, run))
  const machine = machineOf(parts, { ...claimed, trust, signal })
  const people = makePeople({ scope: parts.scope, run, task, fence, ...budgets.run })
  const floor = floorOf({ ...parts, models }, claimed)
  const eyes = makeEyes({ ...parts, runId: run.id, signal })
  const { attached, show, shown } = await readGifts(parts, claimed)
  const files = filesOf(parts, { run, task, start, journal, people, resumed, signal })
  const bench = {
    files: withAttached(files, attached),
    attached,
    machine,
    ...{ people, ai: makeAiAccess(parts, claimed), network: makeNetworkAccess(parts, claimed) },
    limits: budgets.call,
    cookies: new Map<string, string>(),
    outside: await makeOutside({ ...parts, ...claimed, signal }),
    ...{ eyes, ahead: aheadOf(parts, { claimed, floor, eyes }) },
    starters: parts.starters,
    ...{ resumed, signal },
  }
  return {
    ...{ task, entry, bench, journal, budgets, used, clock, signal },
    temperature: own.temperature,
    prompt: await promptFor(parts, claimed),
    shown,
    alone: !claimed.tasks.some(({ role }) => role === "frontend"),
    floor,
    asked: askedOf(claimed),
    planner: models.for("planning"),
    revise: (check) => writes.progress({ check }),
    checkWaits: () => checkMustWait(parts, claimed),
    listen: makeListen({ journal, known: task.messagesBefore, ...sentTo(parts, claimed), show }),
    reserve: writes.reserve,
    // Only people read it: work goes on without.
    waits: (wait) => bestEffort(parts.log, "tell of a wait", () => writes.waits(wait)),
    progress: (state, tries) => writes.progress({ state, tries }),
  }
}

/** The run's machine; where a plan begins with the starter that was chosen, it and the browser will be needed. */
function machineOf(
  parts: AgentsParts,
  of: ClaimedTask & { trust: Awaited<ReturnType<typeof codeTrust>>; signal: AbortSignal },
) {
  const { run, task, handOver, trust, signal } = of
  const { organizationId, projectId } = run
  const draft = { organizationId, projectId, draftOf: run.id, trust, signal }
  const machine = makeProjectMachine(parts, draft)
  const plans = task.role === "planning"
  const begins = run.starter !== null || handOver.confirmed !== undefined
  if (!plans || begins) parts.browser.warm()
  if (plans && begins) machine.warm()
  return machine
}

const askedOf = ({ run, handOver: { accounts, messages } }: ClaimedTask) => ({
  ...run,
  accounts,
  messages: messages.map(({ text }) => text),
})

interface AheadOf {
  claimed: ClaimedTask
  floor: Floor
  eyes: Eyes
}

function aheadOf({ log }: AgentsParts, { claimed, floor, eyes }: AheadOf) {
  const asksForPage = claimed.tasks.some(
    ({ check, state }) => check?.kind === "page" && !endedTaskStates.includes(state),
  )
  return makeAhead({ eyes, last: floor.last, asksForPage, log })
}

const sentTo = ({ scope }: AgentsParts, { run, task }: ClaimedTask) => ({
  sent: (after: number) =>
    scope({ ...asAgent(run, task), readOnly: true }, (ctx) => listHeard(ctx.db, run, after)),
})

/** Whether tasks beside it still change what its check looks at. */
const checkMustWait = ({ scope }: AgentsParts, { run, task }: ClaimedTask) =>
  scope({ ...asAgent(run, task), readOnly: true }, async (ctx) => {
    const tasks = await listTasks(ctx.db, [run.id])
    return tasks.some(({ id }) => id === task.id) && checkWaitsFor(task, tasks).length > 0
  })

function floorOf({ models, budgets }: AgentsParts, claimed: ClaimedTask): Floor {
  const { run, task, tasks, handOver } = claimed
  const { role } = task
  const last = !tasks.some(({ dependsOn }) => dependsOn.includes(task.id))
  const tested = tasks.some((each) => each.role === "testing")
  const free = tasks.some(
    (each) => !isVerifier(each.role) && each.role !== "planning" && isFree(models.for(each.role)),
  )
  const closesAccount = verifiesLast(task, tasks)
  const reasons = run.clauses.map(({ why }) => why ?? "")
  return {
    role,
    retried: task.triesBefore > 0,
    closes: role === "testing" || (last && !tested),
    last,
    said: [...tasks.map(({ instructions }) => instructions), ...reasons].join("\n"),
    free,
    writesTest: free && (tested ? role === "testing" : role === "integration"),
    open: closesAccount ? openClauses(run.clauses, handOver.accounts) : [],
    messages: closesAccount
      ? { known: handOver.messages.map(({ text }) => text), accounts: handOver.accounts }
      : undefined,
    lastTry: task.triesBefore + budgets.task.triesMax,
  }
}

/** Whether nobody verifies after this task. */
const verifiesLast = (task: TaskRow, tasks: readonly TaskRow[]) =>
  isVerifier(task.role) &&
  !tasks.some(
    (each) => isVerifier(each.role) && tasksBefore(each, tasks).some(({ id }) => id === task.id),
  )

/** Writes what it likes, and not only code of ours. */
const isFree = (entry: ModelEntry) => lineOf(entry).some(({ trust }) => trust === "untrusted")

interface FilesOf extends Pick<ClaimedTask, "run" | "task" | "start" | "resumed"> {
  journal: Journal
  people: People
  signal: AbortSignal
}

function filesOf(parts: AgentsParts, of: FilesOf) {
  const { run, task, start, journal, people, resumed, signal } = of
  const { organizationId } = run
  const showing = makeShowing(parts, { organizationId, run, signal })
  // What was committed before a crash may not have been shown.
  if (resumed) showing.soon()
  const files = makeProjectFiles({
    repository: repositoryOf(parts.repositories, run),
    start,
    author: `${task.role} agent`,
    request: runInWords(run),
    approveDeletion: approveDeletion({ scope: parts.scope, run, people }),
    since: () => journal.newestCommit() ?? task.commitBefore,
    inTurn: (action) => parts.queues.inTurn(`files ${run.id}`, action),
    resumed,
    signal,
  })
  return showChanges(files, showing)
}

/** The same words after a crash as before: the files are those at the commit the task began at. */
async function promptFor(
  { repositories }: AgentsParts,
  { run, task, handOver }: ClaimedTask,
): Promise<string> {
  const { goal } = run
  if (task.role === "planning") {
    const repository = repositoryOf(repositories, run)
    const files = task.commitBefore ? await repository.list(task.commitBefore) : []
    const { starter } = run
    return planningPrompt({ goal, files: files.map(({ path }) => path), starter, handOver })
  }
  const { title, instructions } = task
  const check = task.check ?? { kind: "files" as const, paths: [] }
  const account = isVerifier(task.role)
    ? { open: openClauses(run.clauses, handOver.accounts), filler: run.filler }
    : undefined
  return taskPrompt({ goal, title, instructions, check, handOver, account })
}
