import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js"
import type { Problem } from "@vibecaas/contract/faults"
import type { ApiTool } from "./tools.ts"

/** What the API answered. */
export interface ApiAnswer {
  status: number
  body: unknown
}

/** Texts longer than this are cut, and answers longer than that are not told at all, in characters. */
const textMax = 20_000
const answerMax = 60_000

/** What a tool tells of an answer of the API: what the row shows of it, or the problem in words. */
export function told({ route }: Pick<ApiTool, "route">, answer: ApiAnswer): CallToolResult {
  if (answer.status >= 400) return problemTold(answer.body as Problem) // every failure is one
  if (answer.body === undefined || answer.body === "") return { content: text("Done.") }
  const { shows } = route.tool
  return toldAs(shows ? shows.parse(answer.body) : answer.body)
}

/** A value as text and as what it is, with long texts cut. */
export function toldAs(value: unknown, before = ""): CallToolResult {
  const short = JSON.parse(JSON.stringify(value), (_, part) => cut(part))
  const written = JSON.stringify(short)
  if (written.length > answerMax) {
    return failed("The answer is too long to be told. Ask for less, for example with a limit.")
  }
  return { content: text(before ? `${before}\n\n${written}` : written), structuredContent: short }
}

export const failed = (say: string): CallToolResult => ({ content: text(say), isError: true })

function problemTold({ code, detail, fields = {} }: Problem): CallToolResult {
  const lines = Object.entries(fields).map(([at, wrong]) => `${at}: ${wrong}`)
  return {
    content: text([`${detail} (${code})`, ...lines].join("\n")),
    structuredContent: { code, detail, fields },
    isError: true,
  }
}

function cut(part: unknown): unknown {
  if (typeof part !== "string" || part.length <= textMax) return part
  return `${part.slice(0, textMax)}… (${part.length - textMax} more characters were cut)`
}

const text = (words: string): CallToolResult["content"] => [{ type: "text", text: words }]
