import { fault } from "@vibecaas/kernel/fault"
import { tool } from "ai"
import { z } from "zod"
import { fileBytesMax } from "../../projects/index.ts"
import { type LinesShown, linesOf, numbered } from "./numbered-lines.ts"
import { sayOf, type ToolDesk, toolCall } from "./tool-call.ts"

const shownCharsMax = 60_000
const listedMax = 2000

export const path = z.string().min(1).max(255)
const line = z.number().int().min(1).optional()
const oneFile = z.object({
  path,
  fromLine: line.describe("the first line; 1 when absent"),
  toLine: line.describe("the last line; the end when absent"),
})

/** Tools that read the project's files. A model gets them as plain text with line numbers. */
export function readingTools(desk: ToolDesk) {
  const { files, attached } = desk.bench
  return {
    list_files: tool({
      description:
        "Lists the paths of all files of the project, and below attachments/ what people gave.",
      inputSchema: z.object({}),
      execute: toolCall(desk, "list_files", async () => {
        const own = (await files.list()).map(({ path, size }) => ({ path, size }))
        const all = [...own, ...(await attached.list())]
        const shown = all.slice(0, listedMax)
        const truncated = shown.length < all.length
        return {
          title: `listed ${all.length} files`,
          output: { files: shown, truncated },
          truncated,
        }
      }),
    }),
    read_file: tool({
      description: "Reads a text file, or some of its lines, as lines with their numbers.",
      inputSchema: oneFile,
      toModelOutput: asText,
      execute: toolCall(desk, "read_file", async (input: z.infer<typeof oneFile>) => {
        const file = await readLines(desk, { ...input, charsMax: shownCharsMax })
        const truncated = isPart(file)
        return { title: `read ${input.path}`, output: { files: [file], truncated }, truncated }
      }),
    }),
    read_many: tool({
      description: "Reads several text files at once, as read_file does.",
      inputSchema: z.object({ paths: z.array(path).min(1).max(20) }),
      toModelOutput: asText,
      execute: toolCall(desk, "read_many", async ({ paths }: { paths: string[] }) => {
        const read: FileShown[] = []
        let charsMax = shownCharsMax
        for (const each of paths) {
          const file = await readLines(desk, { path: each, charsMax }).catch(orWhy(each))
          read.push(file)
          charsMax = Math.max(charsMax - file.text.length, 1000)
        }
        const truncated = read.some(isPart)
        return { title: `read ${paths.join(", ")}`, output: { files: read, truncated }, truncated }
      }),
    }),
  }
}

/** Some lines of a file, or why there are none. */
type FileShown = LinesShown & { path: string; endsWithNewline: boolean; refused?: string }

/** @throws Fault `not_found`, `invalid`, `path_refused` */
async function readLines(
  { bench }: ToolDesk,
  wanted: z.infer<typeof oneFile> & { charsMax: number },
): Promise<FileShown> {
  const text = await readText(bench.files, wanted.path)
  const { fromLine: from, toLine: to, charsMax } = wanted
  const shown = linesOf(text, { from, to, charsMax })
  return { path: wanted.path, ...shown, endsWithNewline: text === "" || text.endsWith("\n") }
}

/** @throws Fault `not_found`, `invalid` when it is not text, `path_refused` */
export async function readText(
  files: Pick<ToolDesk["bench"]["files"], "read">,
  path: string,
): Promise<string> {
  const file = await files.read(path, fileBytesMax)
  if (!file) throw missing(path)
  if (file.content.includes(0)) throw fault("invalid", { say: `${path} is not text.` })
  return file.content.toString("utf8")
}

export const missing = (path: string) => fault("not_found", { say: `There is no file ${path}.` })

/** Of several files, one that cannot be read keeps no other from being shown. */
const orWhy = (path: string) => (error: unknown) => ({
  ...{ path, text: "", from: 1, to: 0, total: 0, cut: false, endsWithNewline: true },
  refused: sayOf(error),
})

const isPart = ({ to, from, total, cut }: FileShown) => cut || from > 1 || to < total

/** Plain text costs a model less than JSON, and is what it has to find again for an edit. */
function asText({ output }: { output: unknown }) {
  // The tools above made it.
  const { files } = output as { files: FileShown[] }
  return { type: "text" as const, value: files.map(described).join("\n\n") }
}

function described(file: FileShown): string {
  const { path, text, from, to, total } = file
  if (file.refused !== undefined) return `${path}: ${file.refused}`
  const notes = [
    file.cut ? "the line is longer than what can be shown" : "",
    to < total ? `go on with fromLine ${to + 1}` : "",
    file.endsWithNewline || to < total ? "" : "no newline at the end",
  ].filter(Boolean)
  const head = `${path}, lines ${from}–${to} of ${total}${notes.length > 0 ? ` (${notes.join("; ")})` : ""}:`
  return total === 0 ? `${path}: empty` : `${head}\n${numbered(text.split("\n"), from)}`
}
