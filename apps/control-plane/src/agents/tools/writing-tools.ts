import { fault } from "@vibecaas/kernel/fault"
import { tool } from "ai"
import { z } from "zod"
import type { Changed } from "../work/project-files.ts"
import { path } from "./reading-tools.ts"
import { type ToolDesk, type ToolResult, toolCall } from "./tool-call.ts"

const fileCharsMax = 400_000
const fileBytesMax = 1_048_576

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
      description: "Replaces a text that occurs exactly once in a file.",
      inputSchema: z.object({
        path,
        find: z.string().min(1).max(fileCharsMax).describe("must occur exactly once"),
        replace: z.string().max(fileCharsMax),
      }),
      execute: toolCall(desk, "edit_file", async (input: Edit, mark) => {
        const title = `edited ${input.path}`
        const done = await files.change(mark(title), async (commit) => {
          const before = commit ? await files.read(input.path, fileBytesMax) : null
          return [{ path: input.path, content: Buffer.from(edited(before?.content, input)) }]
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
  }
}

interface Edit {
  path: string
  find: string
  replace: string
}

function edited(content: Buffer | undefined, { path, find, replace }: Edit): string {
  if (!content) throw missing(path)
  const text = content.toString("utf8")
  const at = text.indexOf(find)
  if (at < 0) throw fault("invalid", { say: `The text to find is not in ${path}.` })
  if (text.indexOf(find, at + 1) >= 0) {
    throw fault("invalid", { say: `The text to find occurs more than once in ${path}.` })
  }
  return text.slice(0, at) + replace + text.slice(at + find.length)
}

const missing = (path: string) => fault("not_found", { say: `There is no file ${path}.` })

/** What a change did, for people and for the model. */
export function told(title: string, done: Changed): ToolResult {
  const { paths, linesAdded, linesRemoved, commit } = done
  const output = { changed: paths, linesAdded, linesRemoved }
  if (!done.committed || !commit) return { title: `${title} (it was like that already)`, output }
  return { title, output, changed: { commit, linesAdded, linesRemoved } }
}
