import { agentRoles, runStates, taskStates } from "@vibecaas/contract/kinds/agents"
import { fault } from "@vibecaas/kernel/fault"
import { z } from "zod"
import type { RecordedAnswer } from "../work/recorded-answer.ts"

/**
 * A cassette is one run in one file: the files it began with, what models answered in each task,
 * what each call of a tool and each check showed, and a hash of the files it left. It is enough to
 * let the run happen again without its models. Secrets are not in it, and neither are an app's data.
 */
export const cassetteVersion = 1
export const cassetteBytesMax = 20_000_000

const format = "vibecaas cassette"

/** Names a call within its task. */
const call = {
  /** the place among all calls of the run, which tells what went on at the same time */
  order: z.number().int().nonnegative(),
  /** counts the conversations of the task from 1 */
  try: z.number().int().positive(),
}

const part = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text"), text: z.string() }),
  z.strictObject({ type: z.literal("reasoning"), text: z.string() }),
  z.strictObject({
    type: z.literal("tool-call"),
    id: z.string().min(1),
    name: z.string(),
    /** a string holds what the model wrote when that was no JSON object */
    input: z.union([z.string(), z.record(z.string(), z.unknown())]),
  }),
])

const failure = z.strictObject({
  say: z.string(),
  retryable: z.boolean(),
  limit: z.enum(["context", "output"]).optional(),
})

const answer = z.strictObject({
  ...call,
  kind: z.literal("model"),
  /** how many messages were sent: 2 begin a conversation */
  messages: z.number().int().optional(),
  content: z.array(part).optional(),
  finish: z
    .enum(["stop", "length", "content-filter", "tool-calls", "error", "other"])
    .default("stop"),
  tokens: z.strictObject({ input: z.number(), output: z.number() }).partial().optional(),
  /** why there was no answer */
  failure: failure.optional(),
})

const shown = z.strictObject({
  ...call,
  kind: z.enum(["tool", "check", "message"]),
  key: z.string(),
  name: z.string(),
  ok: z.boolean(),
  output: z.unknown(),
})

const task = z.strictObject({
  role: z.enum(agentRoles),
  title: z.string(),
  instructions: z.string(),
  state: z.enum(taskStates),
  evidence: z.string().nullable(),
  calls: z.array(z.discriminatedUnion("kind", [answer, shown])),
})

/** What people wrote to the run, as far as an agent was told of it. */
const message = z.strictObject({ by: z.string(), text: z.string() })

const content = z.union([z.string(), z.strictObject({ base64: z.base64() })])

/** A file that people gave: with the goal, with one of `messages`, or with a run before this one. */
const attached = z.strictObject({
  path: z.string(),
  /** counts the messages from 1; null: with the goal */
  message: z.number().int().nullable(),
  earlier: z.boolean(),
  content,
})

export const cassette = z.strictObject({
  format: z.literal(format),
  version: z.literal(cassetteVersion),
  recordedAt: z.iso.datetime(),
  goal: z.string().min(1).max(4000),
  start: z.strictObject({
    tree: z.string(),
    /** path → text, or bytes that are no text */
    files: z.record(z.string(), content),
  }),
  attachments: z.array(attached).optional(),
  messages: z.array(message).optional(),
  tasks: z.array(task).min(1),
  end: z.strictObject({
    state: z.enum(runStates),
    failure: z.string().nullable(),
    /** null: a secret was left out of its files, so nobody can leave the same ones */
    tree: z.string().nullable(),
  }),
  /** texts in place of which `leftOut` stands */
  secretsLeftOut: z.number().int().nonnegative(),
})

export type Cassette = z.infer<typeof cassette>
export type CassetteTask = Cassette["tasks"][number]
export type CassetteCall = CassetteTask["calls"][number]
export type CassetteAnswer = Extract<CassetteCall, { kind: "model" }>
export type CassetteFiles = Cassette["start"]["files"]

export type CassetteAttached = NonNullable<Cassette["attachments"]>[number]

export const cassetteHead = { format, version: cassetteVersion } as const

const head = z.looseObject({ format: z.literal(format), version: z.number() })

/** @throws Fault `invalid`, which says what is wrong with the text */
export function readCassette(text: string): Cassette {
  const json = parsed(text)
  const known = head.safeParse(json)
  if (!known.success) throw wrong("It is no recording of a run.")
  const { version } = known.data
  if (version !== cassetteVersion) {
    throw wrong(`It is a recording of version ${version}; version ${cassetteVersion} can be read.`)
  }
  const read = cassette.safeParse(json)
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw wrong(`It is damaged: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`)
}

function parsed(text: string): unknown {
  if (text.length > cassetteBytesMax) {
    throw wrong(`It has more than ${cassetteBytesMax / 1_000_000} MB.`)
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    throw wrong(`It is no JSON: ${error instanceof Error ? error.message : error}`)
  }
}

const wrong = (say: string) => fault("invalid", { say })

/** The answer as it came, for whoever plays the model. */
export function answerIn({ content = [], finish, tokens = {} }: CassetteAnswer): RecordedAnswer {
  const { input, output } = tokens
  return {
    content: content.map((each) => {
      if (each.type !== "tool-call") return each
      const { id: toolCallId, name: toolName, input: read } = each
      const text = typeof read === "string" ? read : JSON.stringify(read)
      return { type: "tool-call", toolCallId, toolName, input: text }
    }),
    finishReason: { unified: finish, raw: undefined },
    usage: {
      inputTokens: { total: input, noCache: input, cacheRead: undefined, cacheWrite: undefined },
      outputTokens: { total: output, text: output, reasoning: undefined },
    },
  }
}
