import { z } from "zod"
import { type Accounted, accounted, openPassages } from "../account.ts"
import type { TaskRow } from "../task.ts"
import type { Workbench } from "../tools/tool-call.ts"
import type { Journal, RecordedCall } from "./journal.ts"
import { heardIn } from "./listen.ts"
import { isTest } from "./test-runners.ts"

/**
 * The floor is what no plan can lower: who builds changed a file, who tests ran something, who
 * looks asked the app, the project's tests passed and there are some, one of them by somebody who
 * did not build, none that was there before was changed without a word, they did not become
 * fewer, each wish of the goal is accounted for, the agent's last words claim no more than its
 * calls showed, and in the end the page loads in a browser.
 */
export interface Floor {
  role: TaskRow["role"]
  /** an earlier attempt worked on the task, and its files are there */
  retried: boolean
  /** the run's last word on the tests: a testing task, or a run without one ends here */
  closes: boolean
  /** nothing comes after it: what it leaves is what people get */
  last: boolean
  /** what the plan says of its tasks: a test that it names may change */
  said: string
  /** somebody built who may write any code, and not only ours */
  free: boolean
  /** of who verifies what was built so: at least one test is theirs */
  writesTest: boolean
  /** of who verifies last: planned wishes of which nobody has said what became of them */
  open: readonly string[]
  /** of who verifies last: what people had written as the task began, and what verifiers said of it */
  messages: { known: readonly string[]; accounts: readonly Accounted[] } | undefined
  /** the task's last try, in which wishes without an account and claims without a call stay that */
  lastTry: number
}

/** Why the work cannot count as done, by what the task's calls show; undefined when it can. */
export function belowFloor(journal: Journal, floor: Floor): string | undefined {
  const { role, retried, writesTest } = floor
  const did = (name: string, shape: z.ZodType) =>
    journal.newest((call) => call.name === name && shape.safeParse(call.output).success)
  if (role === "testing" && !did("run_command", ran)) {
    return "The task ended without running a command: nothing was tested."
  }
  const looked = did("fetch_page", answered) || did("look_at_page", answered)
  if (role === "integration" && !looked) {
    return "The task ended without fetching a page: nobody looked at the app."
  }
  if (writesTest && !retried && !journal.newest((call) => changedIn(call).some(isTest))) {
    return "The task ended without a test of its own. Whoever built wrote the others: write at least one from the goal, of what it asks for."
  }
  if (role === "testing" || role === "integration") return undefined
  if (journal.newestCommit() !== null || retried) return undefined
  return "The task ended without changing a file, so nothing was built."
}

const ran = z.object({ exitCode: z.number().nullable() })
const answered = z.object({ status: z.number() })

/** What files a call changed, by its row. */
const changedIn = ({ output }: RecordedCall): string[] =>
  changes.safeParse(output).data?.changed ?? []
const changes = z.object({ changed: z.array(z.string()) })

/** The call that last changed files, and all after it: what earlier ones showed may hold no more. */
export const sinceChange = (journal: Journal) => journal.since((call) => changedIn(call).length > 0)

/** What the task's agent says became of wishes, as far as nothing changed since. */
export function accountsIn(journal: Journal): Accounted[] {
  return sinceChange(journal).flatMap(
    ({ name, output }) =>
      (name === "account_for" && accounts.safeParse(output).data?.account) || [],
  )
}
const accounts = z.object({ account: z.array(accounted) })

/** Whether a call accounted for the last wish that was open: then all is said. */
export const endsAccount = (call: RecordedCall | undefined): boolean =>
  call?.name === "account_for" && ended.safeParse(call.output).success
const ended = z.object({ open: z.array(z.string()).max(0), wrong: z.array(z.string()).max(0) })

/** What people wrote while the task was at work. */
export const messagesIn = (journal: Journal): string[] =>
  journal
    .since(() => false)
    .flatMap((call) => (call.name === "message" ? heardIn(call).map(({ text }) => text) : []))

/** Why the wishes of the goal are not accounted for yet. */
export function unaccounted(journal: Journal, floor: Floor): string | undefined {
  const accounts = accountsIn(journal)
  const said = new Set(accounts.map(({ words }) => words))
  const { known, accounts: before } = floor.messages ?? { known: [], accounts: [] }
  const messages = floor.messages ? [...known, ...messagesIn(journal)] : []
  const open = [
    ...floor.open.filter((words) => !said.has(words)),
    ...openPassages(messages, [...before, ...accounts]),
  ]
  if (open.length === 0) return undefined
  const list = open.slice(0, 40).map((words) => `- ${JSON.stringify(words)}`)
  return `Nobody has said what became of these wishes, or files changed since. Account for each with account_for:\n${list.join("\n")}`
}

/** Earlier tests that the run deleted, or of which it took away lines. */
export async function changedTests(
  files: Pick<Workbench["files"], "diffSinceStart">,
): Promise<string[]> {
  return (await files.diffSinceStart())
    .filter(({ path, change, removed }) => isTest(path) && change !== "added" && removed > 0)
    .map(({ path }) => path)
}

/** Those of them that neither the plan nor a note names. */
export function unsaidOf(
  changed: readonly string[],
  { journal, said }: { journal: Journal; said: string },
): string[] {
  const inNote = (path: string) =>
    journal.newest((call) => call.name === "add_note" && JSON.stringify(call.output).includes(path))
  return changed.filter((path) => !said.includes(path) && !inNote(path))
}
