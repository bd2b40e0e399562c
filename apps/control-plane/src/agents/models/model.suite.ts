import type { LanguageModelV4CallOptions, LanguageModelV4Message } from "@ai-sdk/provider"
import { type Clock, systemClock } from "@vibecaas/kernel/clock"
import { afterAll, beforeAll, expect, test } from "vitest"
import { answerOf, type Behaviour, type Fault } from "../simulators/behaviours.ts"
import { type Simulator, startSimulator, type WireName } from "../simulators/simulator.ts"
import { askPatiently } from "../work/ask-patiently.ts"
import { defaultBudgets } from "../work/budget.ts"
import { compact } from "../work/compact.ts"
import { readModelFailure } from "../work/model-failure.ts"
import { collectAnswer, type RecordedAnswer, withUsableCalls } from "../work/recorded-answer.ts"
import { said, told } from "../work/said.ts"
import type { ModelProvider } from "./model.ts"
import { failures, scripts } from "./testing/scripts.ts"

/** A provider of models, and the server that is simulated for it. */
export interface Case {
  provider: ModelProvider
  wire: WireName
  /** as its maker's models are called */
  modelId: string
  /** values of the provider's settings for a server at this address, with `test-key` as its key */
  settings: (url: string) => Record<string, string>
  /** its servers never say how many tokens were used */
  noUsage?: true
}

/** What every provider of models must do, held against a simulator of its servers on a real socket. */
export function modelSuite({ provider, wire, modelId, settings, noUsage }: Case): void {
  let simulator: Simulator
  const behaviours = new Map<string, Behaviour>()

  beforeAll(async () => {
    const behave = (model: string) => behaviours.get(model) ?? { brain: () => answerOf({}) }
    simulator = await startSimulator({ behave, clock: systemClock, apiKey: "test-key" })
  })
  afterAll(() => simulator.close())

  const entryFor = (behaviour: Behaviour, key = "test-key") => {
    const model = `${modelId}-${behaviours.size}`
    behaviours.set(model, behaviour)
    const values = settings(simulator.url(wire))
    for (const [name, value] of Object.entries(values)) {
      if (value === "test-key") values[name] = key
    }
    return provider.make(model, { settings: values, fetch })
  }
  const ask = async (behaviour: Behaviour, options: Partial<LanguageModelV4CallOptions> = {}) => {
    const { model } = entryFor(behaviour)
    const { stream } = await model.doStream({
      prompt,
      tools: [readFile],
      maxOutputTokens: 1000,
      ...options,
    })
    return collectAnswer(stream)
  }
  const failureOf = async (fault: Fault, script: RecordedAnswer = scripts.everything) => {
    const answer = await ask({ brain: () => script, fault }).catch((error: unknown) => ({ error }))
    return "error" in answer ? readModelFailure(answer.error, new Date()) : answer
  }
  const name = `${provider.name}, ${wire}`

  test.each(Object.entries(scripts))(
    `${name}: %s is recorded as it was written`,
    async (_, script) => {
      const answer = withUsableCalls(await ask({ brain: () => script }), new Set())
      expect(plain(answer)).toEqual(plain(script))
      const { inputTokens, outputTokens } = answer.usage
      expect([inputTokens.total, outputTokens.total]).toEqual(
        noUsage ? [undefined, undefined] : [7, 3],
      )
      const ids = answer.content.flatMap((part) =>
        part.type === "tool-call" ? [part.toolCallId] : [],
      )
      expect(new Set(ids).size).toBe(ids.length)
    },
  )

  test(`${name}: a tool call comes with its name and its input, and its answer goes back with it`, async () => {
    const answer = withUsableCalls(await ask({ brain: () => scripts.everything }), new Set())
    const calls = answer.content.filter((part) => part.type === "tool-call")
    const results = calls.map(resultOf)
    const system = { role: "system" as const, content: "Rules." }
    const talk = [system, ...prompt, ...said(answer), { role: "tool" as const, content: results }]
    const next = await ask({ brain: () => scripts.text }, { prompt: [...talk, told("Go on.")] })
    expect(plain(next)).toEqual(plain(scripts.text))
    expect(simulator.heard.at(-1)?.prompt).toEqual([...talk, told("Go on.")].map(unmarked))
  })

  test(`${name}: an image that somebody shows reaches the model behind the words about it`, async () => {
    const shown = [
      { type: "text" as const, text: "attachments/dot.png:" },
      { type: "file" as const, mediaType: "image/png", data: { type: "data" as const, data: dot } },
    ]
    await ask({ brain: () => scripts.text }, { prompt: [told("Build it like this.", shown)] })
    const heard = simulator.heard.at(-1)?.prompt.flatMap<unknown>(({ content }) => content)
    expect(heard).toEqual([{ type: "text", text: "Build it like this." }, ...shown])
  })

  test(`${name}: a conversation that was shortened, or cut in the middle, can go on`, async () => {
    const path = "a.txt"
    const call = { name: "write_file", input: { path, content: "long ".repeat(400) } }
    const cut = { name: "write_file", input: '{"path":"b.t' }
    const words = { reasoning: "It must be long.", text: "I write it." }
    const answers = [
      ...[1, 2, 3, 4].map(() => answerOf({ ...words, calls: [call, { ...call, id: "c2" }] })),
      answerOf({ ...words, calls: [call, { ...cut, id: "c2" }], finish: "length" }),
    ]
    const used = new Set<string>()
    let talk = [...prompt]
    for (const script of answers) {
      const answer = withUsableCalls(await ask({ brain: () => script }, { prompt: talk }), used)
      const results = answer.content.flatMap((part) =>
        part.type === "tool-call" ? [resultOf(part)] : [],
      )
      talk.push(...said(answer), { role: "tool", content: results })
    }
    const shorter = compact(talk) ?? []
    expect(JSON.stringify(shorter).length).toBeLessThan(JSON.stringify(talk).length * 0.8)
    talk = shorter
    const next = await ask({ brain: () => scripts.text }, { prompt: talk })
    expect(plain(next)).toEqual(plain(scripts.text))
  })

  test(`${name}: a request names the model and the tools, and its key only in a header`, async () => {
    await ask({ brain: () => scripts.text })
    const { model, tools, headers, body } = simulator.heard.at(-1) ?? {}
    expect(model).toBe(`${modelId}-${behaviours.size - 1}`)
    expect(tools).toMatchObject([{ name: "read_file", inputSchema: readFile.inputSchema }])
    expect(JSON.stringify(headers)).toContain("test-key")
    expect(body).not.toContain("test-key")
  })

  test(`${name}: a wrong key is refused without another try, and is told to nobody`, async () => {
    const { model } = entryFor({ brain: () => scripts.text }, "wrong-key")
    const error = await Promise.resolve(model.doStream({ prompt })).catch(
      (thrown: unknown) => thrown,
    )
    const failure = readModelFailure(error, new Date())
    expect(failure).toMatchObject({ retryable: false, say: expect.stringMatching(/key/) })
    expect(failure.say).not.toContain("wrong-key")
  })

  test.each(failures)(`${name}: after %s it is known what can help`, async (_, fault, expected) => {
    expect(await failureOf(fault)).toMatchObject(expected)
  })

  test(`${name}: a model that refuses is not asked the same again`, async () => {
    const failure = await failureOf({}, answerOf({ text: "I cannot.", finish: "content-filter" }))
    expect(failure).toMatchObject({
      retryable: false,
      say: expect.stringMatching(/refused to answer/),
    })
  })

  test.each(["cut", "closed", "error", "garbage"] as const)(
    `${name}: an answer that ends by %s, wherever, is whole or a failure that may pass`,
    async (by) => {
      expect(plain(await ask({ brain: () => scripts.everything }))).toEqual(
        plain(scripts.everything),
      )
      const events = simulator.heard.at(-1)?.events ?? 0
      const places = Array.from({ length: events + 1 }, (_, after) => after)
      const ended = await Promise.all(places.map((after) => failureOf({ ends: { after, by } })))
      for (const each of ended) {
        // What says that there is too much to do is waited for.
        const passes = by === "error" ? { retryable: true, patient: true } : { retryable: true }
        if ("say" in each) expect(each).toMatchObject(passes)
        else expect(plain(each)).toEqual(plain(scripts.everything))
      }
      expect(ended[0]).toHaveProperty("say")
      expect(ended[events - 3]).toHaveProperty("say")
    },
  )

  test(`${name}: a stream that has only signs of life to send is given up`, async () => {
    const { model } = entryFor({
      brain: () => scripts.everything,
      fault: { ends: { after: 4, by: "silence" } },
    })
    const budget = { ...defaultBudgets.call, attemptsMax: 1, firstMsMax: 1000, idleMsMax: 1000 }
    const { signal } = new AbortController()
    const asking = { clock: tenfold, signal, budget, waits: async () => {} }
    const { asked } = await askPatiently(model, { prompt }, asking)
    expect(asked).toMatchObject({ say: expect.stringMatching(/was silent/), retryable: true })
  })

  test(`${name}: its code is not trusted, and a simulator is called one`, () => {
    const { trust, info } = entryFor({ brain: () => scripts.text })
    expect(trust).toBe("untrusted")
    expect(info.simulated).toBe(true)
    expect(info.label).toMatch(/^.+ by a simulator of /)
  })
}

/** Time that passes ten times as fast. */
const began = Date.now()
const tenfold: Clock = {
  now: () => new Date(began + (Date.now() - began) * 10),
  sleep: (ms, signal) => systemClock.sleep(ms / 10, signal),
}

const prompt = [told("Hi")]

type Call = Extract<RecordedAnswer["content"][number], { type: "tool-call" }>

const resultOf = ({ toolCallId, toolName }: Call) => ({
  ...{ type: "tool-result" as const, toolCallId, toolName },
  output: { type: "text" as const, value: `It was ${toolCallId}.` },
})

/** What an answer says, without what only its maker's server understands. */
function plain({ content, finishReason: { unified } }: RecordedAnswer) {
  const parts = content.flatMap((part) => {
    if (part.type === "tool-call") return [[part.toolName, JSON.parse(part.input || "{}")]]
    return part.text === "" ? [] : [[part.type, part.text]]
  })
  const called = content.some(({ type }) => type === "tool-call")
  // Some servers end an answer with calls as any other.
  return { parts, ended: called && unified === "stop" ? "tool-calls" : unified }
}

function unmarked(message: LanguageModelV4Message): LanguageModelV4Message {
  const text = JSON.stringify(message, (key, value) =>
    key === "providerOptions" ? undefined : value,
  )
  return JSON.parse(text)
}

/** one black pixel */
const dot =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="

const readFile = {
  type: "function" as const,
  name: "read_file",
  description: "Reads one file.",
  inputSchema: {
    type: "object" as const,
    properties: { path: { type: "string" as const } },
    required: ["path"],
    additionalProperties: false,
  },
}
