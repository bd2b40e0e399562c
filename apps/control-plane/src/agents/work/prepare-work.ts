import { bestEffort } from "@vibecaas/kernel/log"
import type { AgentsParts } from "../agents-parts.ts"
import { planningPrompt, taskPrompt } from "../prompts.ts"
import { listTasks } from "../queries/tasks.ts"
import { runInWords } from "../run.ts"
import { checkWaitsFor } from "../task.ts"
import { approveDeletion } from "./approvals.ts"
import { asAgent } from "./as-agent.ts"
import { addUsed, usedBy } from "./budget.ts"
import type { ClaimedTask } from "./claimed-task.ts"
import { codeTrust } from "./code-trust.ts"
import type { TaskWork } from "./execute-task.ts"
import type { Floor } from "./floor.ts"
import { type Journal, makeJournal } from "./journal.ts"
import { makePeople, type People } from "./people.ts"
import { makeProjectFiles } from "./project-files.ts"
import { makeProjectMachine } from "./project-machine.ts"
import { makeTaskWrites } from "./task-writes.ts"

/** Builds the narrow bench a task is worked on at: one project's files and machine, one journal. */
export async function prepareWork(
  parts: AgentsParts,
  claimed: ClaimedTask,
  signal: AbortSignal,
): Promise<TaskWork> {
  const { run, task, start, steps, fence, resumed } = claimed
  const { budgets, clock } = parts
  const entry = parts.models.for(task.role)
  const writes = makeTaskWrites({ scope: parts.scope, run, task, fence })
  const used = usedBy(steps)
  const journal = makeJournal({
    recorded: steps,
    now: () => clock.now(),
    write: async (call) => {
      await writes.step(call)
      addUsed(used, call)
    },
  })
  const trust = await codeTrust(parts.models, parts.repositories.of(run.projectId))
  const { organizationId, projectId } = run
  const of = { organizationId, projectId, draftOf: run.id, trust, signal }
  const people = makePeople({ scope: parts.scope, run, task, fence, ...budgets.run })
  const bench = {
    files: filesOf(parts, { run, task, start, journal, people, resumed, signal }),
    machine: makeProjectMachine(parts, of),
    people,
    limits: budgets.call,
    cookies: new Map<string, string>(),
    ...{ resumed, signal },
  }
  return {
    ...{ task, entry, bench, journal, budgets, used, clock, signal },
    prompt: await promptFor(parts, claimed),
    floor: floorOf(claimed),
    checkWaits: () =>
      parts.scope(asAgent(run, task), async (ctx) => {
        const tasks = await listTasks(ctx.db, [run.id])
        return tasks.some(({ id }) => id === task.id) && checkWaitsFor(task, tasks).length > 0
      }),
    reserve: writes.reserve,
    // Only people read it: work goes on without.
    waits: (wait) => bestEffort(parts.log, "tell of a wait", () => writes.waits(wait)),
    progress: (state, tries) => writes.progress({ state, tries }),
  }
}

function floorOf({ run, task, tasks }: ClaimedTask): Floor {
  const last = !tasks.some(({ dependsOn }) => dependsOn.includes(task.id))
  const tested = tasks.some(({ role }) => role === "testing")
  return {
    role: task.role,
    retried: task.triesBefore > 0,
    closes: task.role === "testing" || (last && !tested),
    said: [...tasks.map(({ instructions }) => instructions), ...run.notes].join("\n"),
  }
}

interface FilesOf extends Pick<ClaimedTask, "run" | "task" | "start" | "resumed"> {
  journal: Journal
  people: People
  signal: AbortSignal
}

function filesOf(parts: AgentsParts, of: FilesOf) {
  const { run, task, start, journal, people, resumed, signal } = of
  return makeProjectFiles({
    repository: parts.repositories.of(run.projectId),
    start,
    author: `${task.role} agent`,
    request: runInWords(run),
    approveDeletion: approveDeletion({ scope: parts.scope, run, people }),
    since: () => journal.newestCommit() ?? task.commitBefore,
    inTurn: (action) => parts.queues.inTurn(`files ${run.projectId}`, action),
    resumed,
    signal,
  })
}

/** The same words after a crash as before: the files are those at the commit the task began at. */
async function promptFor(
  { repositories }: AgentsParts,
  { run, task, handOver }: ClaimedTask,
): Promise<string> {
  const { goal } = run
  if (task.role === "planning") {
    const repository = repositories.of(run.projectId)
    const files = task.commitBefore ? await repository.list(task.commitBefore) : []
    return planningPrompt({ goal, files: files.map(({ path }) => path), runs: handOver.runs })
  }
  const { title, instructions } = task
  const check = task.check ?? { kind: "files" as const, paths: [] }
  return taskPrompt({ goal, title, instructions, check, handOver })
}
