import { fault, isFault } from "@vibecaas/kernel/fault"
import { tool } from "ai"
import { z } from "zod"
import type { MachineSession } from "../../apps/index.ts"
import { brief } from "../whole-words.ts"
import type { CommitMark, ProjectFiles } from "../work/project-files.ts"
import { clip } from "../work/storable.ts"
import { refusalOf } from "./command-rule.ts"
import { type ToolDesk, type ToolResult, toolCall, untrusted } from "./tool-call.ts"

const outputCharsMax = 16_000

const argv = z
  .array(
    z
      .string()
      .max(8000)
      .regex(/^[^\0]*$/),
  )
  .min(1)
  .max(100)

/** Runs programs in the project's machine, without a network. */
export function runCommand(desk: ToolDesk) {
  const { files, machine, ahead, limits, signal } = desk.bench
  return tool({
    description:
      "Runs a program in the project's folder: the program and its arguments, no shell, no network. Files it changes are kept.",
    inputSchema: z.object({ argv }),
    execute: toolCall(desk, "run_command", async (input: { argv: string[] }, mark) => {
      const refused = refusalOf(input.argv)
      if (refused) throw fault("invalid", { say: refused })
      return machine.use(async (session) => {
        const title = `ran ${brief(input.argv.join(" "), 120)}`
        const commit = mark(title)
        const base = await files.baseOf(commit)
        await session.checkout(base)
        await ahead.onCommand(session, { argv: input.argv, commit: base })
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
      })
    }),
  })
}

/** Commits what a command changed in the project's files, and names what it does not take. */
async function keepChanges(
  files: ProjectFiles,
  session: MachineSession,
  mark: CommitMark,
): Promise<{ output: object; changed?: ToolResult["changed"] }> {
  try {
    const all = await session.changes()
    const changes = all.filter(({ path }) => !/(^|\/)node_modules\//.test(path))
    const unkept = await foldersNotKept(files, session)
    if (changes.length === 0) return { output: { changed: [], ...unkept } }
    const done = await files.change(mark, async () => changes)
    const { paths, commit, committed, linesAdded, linesRemoved } = done
    const output = { changed: paths, ...unkept }
    if (!committed || !commit) return { output }
    return { output, changed: { commit, linesAdded, linesRemoved } }
  } catch (error) {
    if (!isFault(error, "path_refused") && !isFault(error, "too_large")) throw error
    return { output: { changed: [], notKept: error.say } }
  }
}

const listIgnored =
  'for d in node_modules */node_modules .git; do [ "$d" = node_modules ] && [ -f package-lock.json ] && continue; [ -d "$d" ] && echo "$d"; done; :'

/** Folders that are in the machine alone: no commit takes them, so the app will not have them, unless a lock file does. */
async function foldersNotKept(files: ProjectFiles, session: MachineSession): Promise<object> {
  const options = { timeoutMs: 5000, signal: AbortSignal.timeout(10_000) }
  const { stdout } = await session.run(["sh", "-c", listIgnored], options)
  const there = stdout.split("\n").filter(Boolean)
  if (there.length === 0) return {}
  const known = (await files.list()).map(({ path }) => path)
  const left = there.filter((folder) => !known.some((path) => path.startsWith(`${folder}/`)))
  if (left.length === 0) return {}
  const notKept = `${left.join(", ")}: files there stay in this machine. They are not part of the project, and the app does not get them.`
  return { notKept }
}
