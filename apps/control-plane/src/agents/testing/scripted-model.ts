import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4StreamPart,
} from "@ai-sdk/provider"
import { type AgentRole, agentRoles } from "@vibecaas/contract/kinds/agents"
import type { Models } from "../models/model.ts"
import { answerOf } from "../simulators/behaviours.ts"

/** What a script sees of a call: all of it is in the messages, nothing is remembered. */
export interface Seen {
  role: AgentRole
  /** what the run was asked for */
  goal: string
  /** the title of the task; empty when planning */
  about: string
  /** answers the model gave before in this conversation */
  answers: number
  /** the newest tool results, as text */
  results: string
  /** the first message of the platform, whole */
  prompt: string
  /** the newest message of the platform, after the first */
  told: string
}

export interface Said {
  text?: string
  calls?: readonly { name: string; input: unknown; id?: string }[]
  /** what the answer's prompt is said to have had; 10 when absent */
  inputTokens?: number
  /** ends the stream before its end */
  breakOff?: boolean
}

type Script = (seen: Seen) => Said | Promise<Said>

export interface ScriptedOptions {
  /** is told all that the model is sent */
  hears?: (prompt: LanguageModelV4CallOptions["prompt"]) => void
  /** the model is one that sees images */
  sees?: true
}

/** A model that answers what a function of the messages says, streamed in small pieces. */
export function scriptedModel(script: Script, { hears }: ScriptedOptions = {}): LanguageModelV4 {
  return {
    specificationVersion: "v4",
    provider: "script",
    modelId: "script",
    supportedUrls: {},
    doGenerate: () => Promise.reject(new Error("agents stream")),
    doStream: async (options) => {
      hears?.(options.prompt)
      const seen = readSeen(options)
      const said = await script(seen)
      return { stream: ReadableStream.from(partsOf(said, seen)) }
    },
  }
}

const scriptName = { provider: "script", model: "script" }

export function scriptedModels(script: Script, options: ScriptedOptions = {}): Models {
  const model = scriptedModel(script, options)
  const name = options.sees ? { provider: "openai", model: "gpt-5" } : scriptName
  const info = { ...name, simulated: true, label: "A script" }
  return { for: () => ({ model, info, trust: "untrusted" }) }
}

function readSeen({ prompt }: LanguageModelV4CallOptions): Seen {
  const system = prompt.map((message) => (message.role === "system" ? message.content : "")).join()
  const users = prompt.flatMap((message) =>
    message.role === "user"
      ? [message.content.map((part) => (part.type === "text" ? part.text : "")).join("")]
      : [],
  )
  const last = prompt.at(-1)
  const first = users[0] ?? ""
  return {
    role: agentRoles.find((role) => system.includes(`the ${role} agent`)) ?? "planning",
    goal: /<goal>\n([\s\S]*?)\n<\/goal>/.exec(first)?.[1] ?? "",
    about: /<task>\n(.*)\n/.exec(first)?.[1] ?? "",
    prompt: first,
    answers: prompt.filter(({ role }) => role === "assistant").length,
    results: last?.role === "tool" ? JSON.stringify(last.content) : "",
    told: users.length > 1 && last?.role === "user" ? (users.at(-1) ?? "") : "",
  }
}

function partsOf(said: Said, seen: Seen): LanguageModelV4StreamPart[] {
  const parts: LanguageModelV4StreamPart[] = [{ type: "stream-start", warnings: [] }]
  if (said.text) {
    parts.push({ type: "text-start", id: "t" })
    for (const delta of said.text.match(/.{1,20}/gs) ?? []) {
      parts.push({ type: "text-delta", id: "t", delta })
    }
    if (said.breakOff) return parts
    parts.push({ type: "text-end", id: "t" })
  }
  const named = said.calls ?? []
  const calls = named.map((call, at) => ({
    id: `call_${seen.answers}_${at}`,
    ...call,
    input: call.name === "plan_tasks" ? wholeGoal(call.input, seen) : call.input,
  }))
  const { content, finishReason, usage } = answerOf({ ...said, calls })
  parts.push(...content.filter((part) => part.type === "tool-call"))
  if (!said.breakOff) parts.push({ type: "finish", finishReason, usage })
  return parts
}

/** A plan that says nothing of the goal's words takes all of them as one wish. */
const wholeGoal = (input: unknown, { goal }: Seen) => ({
  clauses: [{ words: goal }],
  ...(input as object),
})
