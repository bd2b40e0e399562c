import { createServer, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { type Clock, systemClock } from "@vibecaas/kernel/clock"
import { tool } from "ai"
import { afterAll, beforeAll, expect, test } from "vitest"
import { z } from "zod"
import { openaiCompatible } from "../models/openai-compatible.ts"
import { defaultBudgets } from "./budget.ts"
import { converse } from "./converse.ts"
import { makeJournal } from "./journal.ts"
import { told } from "./said.ts"

const delta = (part: object) => ({ choices: [{ index: 0, delta: part, finish_reason: null }] })
const finish = (finish_reason: string) => ({ choices: [{ index: 0, delta: {}, finish_reason }] })
const opening = (index: number, id: string) =>
  delta({ tool_calls: [{ index, id, function: { name: "write_file", arguments: "" } }] })
const piece = (index: number, text: string) =>
  delta({ tool_calls: [{ index, function: { arguments: text } }] })

/** An answer that says a word and writes two files. */
const recorded = [
  delta({ role: "assistant", content: "Two " }),
  delta({ content: "files." }),
  opening(0, "c1"),
  piece(0, '{"path":"a.txt",'),
  piece(0, '"content":"one"}'),
  opening(1, "c2"),
  piece(1, '{"path":"b.txt",'),
  piece(1, '"content":"two"}'),
  finish("tool_calls"),
]
const done = [delta({ role: "assistant", content: "Done." }), finish("stop")]

/** What can happen instead of the events that are left. */
const ends = {
  cut: (response: ServerResponse) => void response.destroy(),
  closed: (response: ServerResponse) => void response.end(),
  length: (response: ServerResponse) => {
    send(response, finish("length"))
    response.end("data: [DONE]\n\n")
  },
  error: (response: ServerResponse) => {
    send(response, { error: { message: "Overloaded", type: "overloaded_error" } })
    response.end()
  },
  garbage: (response: ServerResponse) => void response.end("data: {]\n\n"),
  silence: () => {},
}
type End = keyof typeof ends

const send = (response: ServerResponse, event: object) =>
  response.write(`data: ${JSON.stringify(event)}\n\n`)

interface Request {
  messages: { role: string; tool_calls?: Call[]; tool_call_id?: string; content?: string }[]
}
interface Call {
  id: string
  function: { arguments: string }
}

let server: Server
let requests: Request[]
let answer: (request: number, response: ServerResponse) => void

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    requests.push(JSON.parse(Buffer.concat(chunks).toString()))
    response.writeHead(200, { "content-type": "text/event-stream" })
    answer(requests.length, response)
  }).listen(0, "127.0.0.1")
  await new Promise((resolve) => server.once("listening", resolve))
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

/** Time that passes so fast that waiting for minutes is no matter. */
const fast = 400
const began = Date.now()
const clock: Clock = {
  now: () => new Date(began + (Date.now() - began) * fast),
  sleep: (ms, signal) => systemClock.sleep(ms / fast, signal),
}

/** Where nobody falls silent, a busy machine has time enough. */
async function talk(end?: End) {
  const silenceMs = (end === "silence" ? 0.5 : 10) * 1000 * fast
  requests = []
  const files = new Map<string, string>()
  const titles: string[] = []
  const { port } = server.address() as AddressInfo
  const settings = { VIBECAAS_MODEL_BASE_URL: `http://127.0.0.1:${port}/v1` }
  const ended = await converse({
    entry: openaiCompatible.make("m", { settings, fetch }),
    instructions: "Write.",
    messages: [told("Write two files.")],
    tools: () => ({
      write_file: tool({
        inputSchema: z.object({ path: z.string(), content: z.string() }),
        execute: async ({ path, content }) => {
          files.set(path, content)
          return { written: path }
        },
      }),
    }),
    finished: () => false,
    calls: {
      journal: makeJournal({
        recorded: [],
        now: clock.now,
        write: async ({ title }) => void titles.push(title),
      }),
      tryNumber: 1,
      clock,
      signal: new AbortController().signal,
      budget: { ...defaultBudgets.call, firstMsMax: silenceMs, idleMsMax: silenceMs },
      reserve: async () => {},
      waits: async () => {},
      usedCallIds: new Set(),
    },
  })
  return { end: ended, files: Object.fromEntries(files), titles }
}

/** What every server asks of a conversation: each call is answered, all arguments are objects. */
function mustBeValid({ messages }: Request): void {
  const calls = messages.flatMap(({ tool_calls = [] }) => tool_calls)
  const answered = messages.flatMap(({ tool_call_id }) => (tool_call_id ? [tool_call_id] : []))
  expect(answered).toEqual(calls.map(({ id }) => id))
  for (const call of calls) expect(JSON.parse(call.function.arguments)).toBeTypeOf("object")
  for (const { role, content, tool_calls } of messages) {
    if (role === "assistant") expect(content || tool_calls?.length).toBeTruthy()
  }
}

const places = recorded.map((_, place) => place)
const every = (Object.keys(ends) as End[]).flatMap((end) =>
  places.map((place) => [end, place] as const),
)

test.each(every)("after %s at event %i the work goes on and ends whole", async (end, place) => {
  answer = (request, response) => {
    if (request === 1) {
      for (const event of recorded.slice(0, place)) send(response, event)
      return ends[end](response)
    }
    const wrote = requests.at(-1)?.messages.some(({ role }) => role === "tool")
    for (const event of wrote ? done : recorded) send(response, event)
    response.end("data: [DONE]\n\n")
  }
  const { end: ended, files, titles } = await talk(end)
  expect(ended.died).toBeUndefined()
  for (const request of requests) mustBeValid(request)
  const told = JSON.stringify(requests.at(-1)?.messages)
  if (end === "length") {
    expect(told).toContain("Your answer was cut")
    // Exactly the calls that were complete were made, or all of them by the answer that followed.
    const whole =
      place < 3
        ? ["a.txt", "b.txt"]
        : ["a.txt", "b.txt"].slice(0, place < 5 ? 0 : place < 8 ? 1 : 2)
    expect(Object.keys(files)).toEqual(whole)
    if ([3, 4, 6, 7].includes(place)) expect(titles.join()).toContain("was cut in the middle")
  } else {
    expect(files).toEqual({ "a.txt": "one", "b.txt": "two" })
    expect(told).not.toContain("Your answer was cut")
  }
})

test.each(Object.keys(ends) as End[])(
  "when every answer ends by %s, the conversation dies and says why",
  async (end) => {
    answer = (_, response) => {
      send(response, recorded[0] ?? {})
      ends[end](response)
    }
    const { end: ended, files } = await talk(end)
    expect(ended.died?.say).toMatch(
      /broke off|could not be read|cannot be reached|cut at|busy|silent/,
    )
    expect(files).toEqual({})
    for (const request of requests) mustBeValid(request)
  },
)

test("broken arguments are answered with the place, and are not repeated", async () => {
  const long = `{"path":"a.txt","content":"${"x".repeat(5000)}" oops}`
  answer = (request, response) => {
    const first = [opening(0, "c1"), piece(0, long), finish("tool_calls")]
    for (const event of request === 1 ? first : done) send(response, event)
    response.end("data: [DONE]\n\n")
  }
  const { files, titles } = await talk()
  expect(files).toEqual({})
  const [, second] = requests
  expect(JSON.stringify(second).length).toBeLessThan(3000)
  expect(second?.messages.at(-1)?.content).toMatch(/no JSON.*at character 5029 of/)
  expect(titles[1]).toMatch(/write_file was not understood/)
})
