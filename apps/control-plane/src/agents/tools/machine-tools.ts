import { fault, isFault } from "@vibecaas/kernel/fault"
import { tool } from "ai"
import { z } from "zod"
import type { MachineSession, PageResult } from "../../apps/index.ts"
import { brief } from "../whole-words.ts"
import type { CommitMark, ProjectFiles } from "../work/project-files.ts"
import { clip } from "../work/storable.ts"
import { untrusted } from "./reading-tools.ts"
import { type ToolDesk, type ToolResult, toolCall } from "./tool-call.ts"

const outputCharsMax = 16_000
const pageCharsMax = 30_000
const pageMsMax = 15_000

/** Tools that use the project's machine and the app in it. */
export function machineTools(desk: ToolDesk) {
  return { run_command: runCommand(desk), start_app: startApp(desk), fetch_page: fetchPage(desk) }
}

const argv = z
  .array(
    z
      .string()
      .max(8000)
      .regex(/^[^\0]*$/),
  )
  .min(1)
  .max(100)

function runCommand(desk: ToolDesk) {
  const { files, machine, limits, signal } = desk.bench
  return tool({
    description:
      "Runs a program in the project's folder: the program and its arguments, no shell. Files it changes are kept.",
    inputSchema: z.object({ argv }),
    execute: toolCall(desk, "run_command", (input: { argv: string[] }, mark) =>
      machine.use(async (session) => {
        const title = `ran ${brief(input.argv.join(" "), 120)}`
        const commit = mark(title)
        const base = await files.baseOf(commit)
        await session.checkout(base)
        const options = { timeoutMs: limits.commandMsMax, signal }
        const result = await session.run(input.argv, options)
        const kept = await keepChanges(files, session, commit)
        const { exitCode, timedOut, durationMs } = result
        const stdout = clip(result.stdout, outputCharsMax)
        const stderr = clip(result.stderr, outputCharsMax)
        const truncated = result.truncated || stdout.truncated || stderr.truncated
        const shown = { stdout: stdout.text, stderr: stderr.text, truncated, durationMs }
        return {
          title: timedOut ? `${title}: stopped, it took too long` : title,
          ok: exitCode === 0,
          truncated,
          output: {
            exitCode,
            signal: result.signal,
            timedOut,
            ...shown,
            commit: base,
            ...kept.output,
            ...untrusted,
          },
          ...(kept.changed ? { changed: kept.changed } : {}),
        }
      }),
    ),
  })
}

/** Commits what a command changed in the project's files. */
async function keepChanges(
  files: ProjectFiles,
  session: MachineSession,
  mark: CommitMark,
): Promise<{ output: object; changed?: ToolResult["changed"] }> {
  try {
    const all = await session.changes()
    const changes = all.filter(({ path }) => !/(^|\/)node_modules\//.test(path))
    if (changes.length === 0) return { output: { changed: [] } }
    const { paths, commit, committed, linesAdded, linesRemoved } = await files.change(
      mark,
      async () => changes,
    )
    const output = { changed: paths }
    if (!committed || !commit) return { output }
    return { output, changed: { commit, linesAdded, linesRemoved } }
  } catch (error) {
    if (!isFault(error, "path_refused") && !isFault(error, "too_large")) throw error
    return { output: { changed: [], notKept: error.say } }
  }
}

function startApp(desk: ToolDesk) {
  const { files, machine } = desk.bench
  return tool({
    description: "Starts the project's app, or starts it again, and waits until it listens.",
    inputSchema: z.object({}),
    execute: toolCall(desk, "start_app", () =>
      machine.use(async (session) => {
        const head = await files.head()
        if (!head) throw fault("not_found", { say: "The project has no files yet." })
        const { running, exitCode, logTail } = await session.startApp(head)
        const log = clip(logTail.join("\n"), outputCharsMax).text
        const title = running ? "started the app" : "tried to start the app: it does not listen"
        return { title, ok: running, output: { running, exitCode, log, ...untrusted } }
      }),
    ),
  })
}

const page = z.object({
  path: z.string().max(2000).describe("a path of the app, such as /api/books?finished=false"),
  method: z.enum(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]).optional(),
  body: z.string().max(100_000).optional().describe("JSON"),
})

function fetchPage(desk: ToolDesk) {
  const { machine } = desk.bench
  return tool({
    description: "Asks the running app for a page by its path. Redirects are not followed.",
    inputSchema: page,
    execute: toolCall(desk, "fetch_page", async (input: z.infer<typeof page>) => {
      const path = pagePath(input.path)
      const method = input.method ?? "GET"
      const request = { method, path, ...(input.body === undefined ? {} : { body: input.body }) }
      const answer = await machine.use((session) => fetchOrRestart(desk, session, request))
      const body = clip(answer.body, pageCharsMax)
      const { status, contentType } = answer
      const truncated = answer.truncated || body.truncated
      const output = { status, contentType, body: body.text, truncated, ...untrusted }
      const title = `fetched ${method} ${path}: ${status}`
      return { title, ok: status < 500, output, truncated }
    }),
  })
}

type PageRequest = { method: string; path: string; body?: string }

/** An app that a recorded call started may have gone with the crash that this turn resumes after. */
async function fetchOrRestart(
  { bench, journal }: ToolDesk,
  session: MachineSession,
  request: PageRequest,
): Promise<PageResult> {
  try {
    return await fetchFrom(session, request)
  } catch (error) {
    const started = journal.newest(({ name, ok }) => name === "start_app" && ok)
    const head = bench.resumed && started ? await bench.files.head() : null
    if (!head || !isFault(error, "page_failed")) throw error
    await session.startApp(head)
    return fetchFrom(session, request)
  }
}

/**
 * The path itself, never another host: what a browser would read as an address is refused.
 *
 * @throws Fault `invalid`
 */
export function pagePath(text: string): string {
  const refused = fault("invalid", {
    say: "Give a path of the app that starts with one slash, such as /api/books.",
  })
  if (!text.startsWith("/") || /[\\\p{C}]/u.test(text)) throw refused
  const url = URL.parse(text, "http://app.invalid")
  if (url?.host !== "app.invalid" || text.startsWith("//")) throw refused
  return url.pathname + url.search
}

/** @throws Fault `page_failed` when the app gives no answer */
export async function fetchFrom(
  session: MachineSession,
  request: PageRequest,
): Promise<PageResult> {
  try {
    return await session.fetchPage({ ...request, timeoutMs: pageMsMax })
  } catch (error) {
    if (!isFault(error)) throw error
    throw fault("page_failed", { say: `The app did not answer: ${error.say}`, cause: error })
  }
}
