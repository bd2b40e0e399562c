import { tool } from "ai"
import { z } from "zod"
import { brief } from "../whole-words.ts"
import { linesIn, numbered } from "./numbered-lines.ts"
import { readText } from "./reading-tools.ts"
import { type ToolDesk, toolCall, untrusted } from "./tool-call.ts"

const glob = z.string().min(1).max(200).optional()
const search = z.object({
  text: z.string().min(1).max(200),
  regex: z.boolean().optional().describe("text is a regular expression; else letter by letter"),
  glob: glob.describe("only these paths, such as *.js or server/**"),
  context: z.number().int().min(0).max(5).optional().describe("lines to show before and after"),
})

/** Declarations at the left edge of a line, as JavaScript, TypeScript, Python and CSS write them. */
const declaration =
  "^(export\\s+)?(default\\s+)?(async\\s+)?(function\\*?|class|const|let|interface|type|enum|def)\\s+[\\w$]+|^export\\s*[{*]|^(app|router|server)\\.(get|post|put|patch|delete|on)\\("
const symbolsMax = 800
/** files whose lines are shown around what was found */
const contextFilesMax = 20

/** Tools that find things in the project's files. */
export function searchingTools(desk: ToolDesk) {
  const { files } = desk.bench
  return {
    search_files: tool({
      description: "Finds lines in the project's files.",
      inputSchema: search,
      execute: toolCall(desk, "search_files", async (input: z.infer<typeof search>) => {
        const { context = 0, ...wanted } = input
        const found = await files.search(wanted)
        const title = `searched for “${brief(input.text, 60)}”: ${found.length} lines`
        const matches = context === 0 ? found : await withContext(desk, found, context)
        return { title, output: { matches, ...untrusted } }
      }),
    }),
    list_symbols: tool({
      description:
        "Lists what each file declares (functions, classes, constants, routes) with line numbers: a map of a larger project.",
      inputSchema: z.object({ glob: glob.describe("as for search_files") }),
      execute: toolCall(desk, "list_symbols", async (input: { glob?: string | undefined }) => {
        const wanted = { text: declaration, regex: true, linesMax: symbolsMax }
        const found = await files.search({ ...wanted, ...input })
        const symbols: Record<string, string> = {}
        for (const { path, line, text } of found) {
          symbols[path] = `${symbols[path] ?? ""}${line} ${brief(text, 100)}\n`
        }
        const truncated = found.length >= symbolsMax
        const title = `listed ${found.length} symbols`
        return { title, output: { symbols, truncated, ...untrusted }, truncated }
      }),
    }),
  }
}

type Found = { path: string; line: number; text: string }

/** The lines around each match, numbered, by file. */
async function withContext(desk: ToolDesk, found: readonly Found[], context: number) {
  const byPath = Map.groupBy(found, ({ path }) => path)
  const shown: Record<string, string> = {}
  for (const [path, matches] of [...byPath].slice(0, contextFilesMax)) {
    const lines = linesIn(await readText(desk.bench.files, path))
    shown[path] = matches
      .map(({ line }) => {
        const from = Math.max(line - context, 1)
        const part = lines.slice(from - 1, line + context).map((each) => each.slice(0, 300))
        return numbered(part, from)
      })
      .join("\n--\n")
  }
  return shown
}
