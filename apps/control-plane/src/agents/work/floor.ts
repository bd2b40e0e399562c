import { z } from "zod"
import type { TaskRow } from "../task.ts"
import type { Workbench } from "../tools/tool-call.ts"
import type { Journal } from "./journal.ts"

/**
 * The floor is what no plan can lower: who builds changed a file, who tests ran something, who
 * looks asked the app, the project's tests passed and there are some, and none that was there
 * before was changed without a word.
 */
export interface Floor {
  role: TaskRow["role"]
  /** an earlier attempt worked on the task, and its files are there */
  retried: boolean
  /** the run's last word on the tests: a testing task, or a run without one ends here */
  closes: boolean
  /** what the plan says of its tasks: a test that it names may change */
  said: string
}

/** The whole of a project's tests, whatever a plan would rather run. */
export const allTests: readonly string[] = ["node", "--test"]

/** Why the work cannot count as done, by what the task's calls show; undefined when it can. */
export function belowFloor(journal: Journal, { role, retried }: Floor): string | undefined {
  const did = (name: string, shape: z.ZodType) =>
    journal.newest((call) => call.name === name && shape.safeParse(call.output).success)
  if (role === "testing") {
    return did("run_command", ran)
      ? undefined
      : "The task ended without running a command: nothing was tested."
  }
  if (role === "integration") {
    return did("fetch_page", answered)
      ? undefined
      : "The task ended without fetching a page: nobody looked at the app."
  }
  if (journal.newestCommit() !== null || retried) return undefined
  return "The task ended without changing a file, so nothing was built."
}

const ran = z.object({ exitCode: z.number().nullable() })
const answered = z.object({ status: z.number() })

/** Earlier tests that the run changed or deleted, and that neither the plan nor a note names. */
export async function unsaidTestChanges(
  files: Pick<Workbench["files"], "diffSinceStart">,
  { journal, said }: { journal: Journal; said: string },
): Promise<string[]> {
  const changed = (await files.diffSinceStart()).filter(
    ({ path, change, removed }) => isTest(path) && change !== "added" && removed > 0,
  )
  const inNote = (path: string) =>
    journal.newest((call) => call.name === "add_note" && JSON.stringify(call.output).includes(path))
  return changed.map(({ path }) => path).filter((path) => !said.includes(path) && !inNote(path))
}

/** Where `node --test` looks for tests. */
export const isTest = (path: string) =>
  /(^|\/)(test\/.+|test|test-[^/]+|[^/]+[._-]test)\.[cm]?[jt]s$/.test(path)

/** Whether a command is one that runs tests. */
export const runsTests = (argv: readonly string[]) =>
  (argv[0] === "node" && argv.includes("--test")) ||
  (argv[0] === "npm" && /^(test|t)$/.test(argv[1] ?? "")) ||
  (argv[0] === "node" && argv[1] === "--run" && argv[2] === "test")

/** How many tests passed, as Node's reporters count them; undefined when no count was printed. */
export function passedIn(stdout: string): number | undefined {
  const count = [...stdout.matchAll(/^\W*pass (\d+)\s*$/gm)].at(-1)?.[1]
  return count === undefined ? undefined : Number(count)
}
