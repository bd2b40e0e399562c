import { fault } from "@vibecaas/kernel/fault"
import { tool } from "ai"
import { z } from "zod"
import { fileBytesMax } from "../../projects/index.ts"
import type { Changed } from "../work/project-files.ts"
import { type Edit, editText } from "./edit-text.ts"
import { missing, path, readText } from "./reading-tools.ts"
import { type ToolDesk, type ToolResult, toolCall, untrusted } from "./tool-call.ts"

const fileCharsMax = 400_000
const diffCharsMax = 40_000

const edits = z.object({
  path,
  edits: z
    .array(
      z.object({
        find: z.string().min(1).max(fileCharsMax).describe("must occur exactly once"),
        replace: z.string().max(fileCharsMax),
        replaceAll: z.boolean().optional().describe("wherever it occurs"),
      }),
    )
    .min(1)
    .max(50),
})

/** Tools that change the project's files: each successful call is one commit. */
export function writingTools(desk: ToolDesk) {
  const { files } = desk.bench
  return {
    write_file: tool({
      description: "Writes a whole text file; folders are made as needed.",
      inputSchema: z.object({ path, content: z.string().max(fileCharsMax) }),
      execute: toolCall(
        desk,
        "write_file",
        async (input: { path: string; content: string }, mark) => {
          const title = `wrote ${input.path}`
          const content = Buffer.from(input.content)
          const done = await files.change(mark(title), async () => [{ path: input.path, content }])
          return told(title, done)
        },
      ),
    }),
    edit_file: tool({
      description:
        "Replaces texts in one file, in the order given: all of them or none. Line numbers of read_file are not part of the text.",
      inputSchema: edits,
      execute: toolCall(desk, "edit_file", async (input: { path: string; edits: Edit[] }, mark) => {
        const title = `edited ${input.path}`
        const done = await files.change(mark(title), async () => {
          const edited = editText(await readText(files, input.path), input.edits)
          if ("text" in edited) return [{ path: input.path, content: Buffer.from(edited.text) }]
          throw fault("invalid", { say: `${input.path}: ${edited.refused}` })
        })
        return told(title, done)
      }),
    }),
    delete_file: tool({
      description: "Deletes one file.",
      inputSchema: z.object({ path }),
      execute: toolCall(desk, "delete_file", async (input: { path: string }, mark) => {
        const title = `deleted ${input.path}`
        const done = await files.change(mark(title), async () => {
          if (!(await files.read(input.path, 1))) throw missing(input.path)
          return [{ path: input.path, content: null }]
        })
        return told(title, done)
      }),
    }),
    ...sinceTheStart(desk),
  }
}

/** Tools that look back to the files as the run found them. */
function sinceTheStart(desk: ToolDesk) {
  const { files } = desk.bench
  return {
    diff: tool({
      description: "Shows what the run has changed so far, in all files or in one.",
      inputSchema: z.object({ path: path.optional() }),
      execute: toolCall(desk, "diff", async (input: { path?: string | undefined }) => {
        const all = await files.diffSinceStart()
        const wanted = all.filter((each) => input.path === undefined || each.path === input.path)
        const share = Math.floor(diffCharsMax / Math.max(wanted.length, 1))
        const shown = wanted.map(({ path, change, patch }) => {
          return { path, change, patch: patch.slice(0, share) }
        })
        const truncated = wanted.some((each) => each.truncated || each.patch.length > share)
        const title = `looked at what changed in ${input.path ?? `${wanted.length} files`}`
        return { title, output: { files: shown, truncated, ...untrusted }, truncated }
      }),
    }),
    revert_file: tool({
      description: "Gives one file back as the run found it; a file that was not there goes.",
      inputSchema: z.object({ path }),
      execute: toolCall(desk, "revert_file", async (input: { path: string }, mark) => {
        const title = `reverted ${input.path}`
        const before = await files.atStart.read(input.path, fileBytesMax)
        if (!before && !(await files.read(input.path, 1))) throw missing(input.path)
        const change = { path: input.path, content: before?.content ?? null }
        return told(title, await files.change(mark(title), async () => [change]))
      }),
    }),
  }
}

/** What a change did, for people and for the model. */
export function told(title: string, done: Changed, also: object = {}): ToolResult {
  const { paths, linesAdded, linesRemoved, commit } = done
  const output = { changed: paths, linesAdded, linesRemoved, ...also }
  if (!done.committed || !commit) return { title: `${title} (it was like that already)`, output }
  return { title, output, changed: { commit, linesAdded, linesRemoved } }
}
