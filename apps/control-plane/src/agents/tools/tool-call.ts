import { isFault } from "@vibecaas/kernel/fault"
import type { Catalogue } from "../../starters/index.ts"
import type { Accounted } from "../account.ts"
import type { Attached } from "../attachments/attached-files.ts"
import type { Eyes } from "../browser/eyes.ts"
import type { RunRow } from "../run.ts"
import { brief } from "../whole-words.ts"
import type { Ahead } from "../work/ahead.ts"
import type { AiAccess } from "../work/ai-access.ts"
import type { CallResult, Journal } from "../work/journal.ts"
import type { NetworkAccess } from "../work/network-access.ts"
import type { Outside } from "../work/outside.ts"
import type { People } from "../work/people.ts"
import type { CommitMark, ProjectFiles } from "../work/project-files.ts"
import type { ProjectMachine } from "../work/project-machine.ts"

/** All that a tool can reach: the files and the machine of one project, and whoever answers questions. */
export interface Workbench {
  files: ProjectFiles
  attached: Attached
  machine: ProjectMachine
  people: People
  ai: AiAccess
  network: NetworkAccess
  limits: { commandMsMax: number }
  /** an earlier turn worked on the task, and its process may have died */
  resumed: boolean
  /** what the app set, by name: the task's visits to it are one visitor's */
  cookies: Map<string, string>
  eyes: Eyes
  outside: Outside
  ahead: Ahead
  starters: Catalogue
  signal: AbortSignal
}

/** What a tool works at, and where its calls are kept. */
export interface ToolDesk {
  bench: Workbench
  journal: Journal
  taskId: string
  tryNumber: number
  /** what the run was asked for, what its plan says of it, and what tasks before say became of it */
  asked: Pick<RunRow, "goal" | "clauses"> & {
    accounts: readonly Accounted[]
    /** what people had written to the run as the task began */
    messages: readonly string[]
  }
  /** asks the planner whether the task's check is right; answers what it said */
  dispute: (reason: string, shown: string) => Promise<string>
}

/** What a tool did: a title in the past tense, and what the model gets to see. */
export type ToolResult = Omit<CallResult, "input" | "ok"> & { ok?: boolean }

/** Marks what a tool found in files, output or pages as somebody else's words. */
export const untrusted = { untrusted: true } as const

/** From when on an app has what was just allowed. */
export const hasVariablesFrom =
  "The app has the variables from its next start_app on, and commands from the next one on."

/** Faults that are the model's to mend. Any other ends the task or the turn. */
const answerable = [
  "path_refused",
  "not_found",
  "too_large",
  "invalid",
  "packages_failed",
  "page_failed",
  "browser_missing",
  "browser_failed",
  "mcp_failed",
]

/**
 * A call that was not made, with why, so that the model can do better. It is JSON, because servers
 * pass results on without saying which are errors.
 */
export class Refusal extends Error {
  constructor(say: unknown) {
    super(JSON.stringify({ error: say }))
  }
}

/**
 * Makes the `execute` of a tool: the call is journalled under its id.
 *
 * @throws Refusal when the model can mend it; whatever else stops the work
 */
export function toolCall<Input>(
  desk: ToolDesk,
  name: string,
  act: (input: Input, mark: (title: string) => CommitMark) => Promise<ToolResult>,
): (input: Input, options: { toolCallId: string }) => Promise<unknown> {
  return async (input, { toolCallId }) => {
    const { taskId, tryNumber, journal, bench } = desk
    const mark = (title: string) => ({ key: `${taskId}/${tryNumber}/${toolCallId}`, title })
    const call = { kind: "tool" as const, name, tryNumber, callKey: toolCallId }
    const make = async () => {
      bench.signal.throwIfAborted()
      return { ok: true, ...(await answered(name, () => act(input, mark))), input }
    }
    const { ok, output } = await journal.once(call, make)
    if (!ok) throwIfRefused(output)
    return output
  }
}

async function answered(name: string, act: () => Promise<ToolResult>): Promise<ToolResult> {
  try {
    return await act()
  } catch (error) {
    const refused = sayOf(error)
    const title = `${name} was refused: ${brief(refused.split("\n")[0] ?? "", 240)}`
    return { title, ok: false, output: { refused } }
  }
}

/** The sentence of a fault that a model can mend; @throws whatever else it is */
export function sayOf(error: unknown): string {
  if (!isFault(error) || !answerable.includes(error.code)) throw error
  return error.say
}

/** A command that failed is an answer like others. */
function throwIfRefused(output: unknown): void {
  if (typeof output === "object" && output !== null && "refused" in output) {
    throw new Refusal(output.refused)
  }
}
