import { answerOf, type Fault, type Words } from "../../simulators/behaviours.ts"

const usage = { inputTokens: 7, outputTokens: 3 }
const read = (path: string, id: string) => ({ id, name: "read_file", input: { path } })
const written = (words: Words) => answerOf({ ...usage, ...words })

/** Answers, each written once for all wires. */
export const scripts = {
  text: written({ text: "Hello, whoever reads this: here is more than one piece of text." }),
  thoughts: written({ reasoning: "They said hi. What do they want?", text: "Hello." }),
  "one call": written({ calls: [read("a.txt", "c1")] }),
  "a call without arguments": written({ calls: [{ id: "c1", name: "list_files", input: {} }] }),
  "calls beside each other": written({ calls: [read("a.txt", "c1"), read("b.txt", "c2")] }),
  everything: written({
    reasoning: "Two files are needed, and the second one has a long name.",
    text: "I read both, one after the other.",
    calls: [read("a.txt", "c1"), read(`${"long/".repeat(12)}b.txt`, "c2")],
  }),
  "letters of all kinds": written({
    text: 'Žluťoučký 🐎 kůň,\r\n"data: x"\n\n{\\}\u2028 '.repeat(4),
  }),
  "an answer that was cut": written({ text: "This goes on and", finish: "length" }),
  nothing: written({}),
}

const refused = (status: number, more: Partial<NonNullable<Fault["refused"]>> = {}): Fault => ({
  refused: { status, ...more },
})
const later = { retrySeconds: 7 }
const patient = { retryable: true, patient: true }

/** What goes wrong with a request, and what the platform must make of it. */
export const failures: [what: string, fault: Fault, expected: object][] = [
  ["200 without a stream", refused(200), { retryable: true }],
  ["400", refused(400), { retryable: false }],
  ["402", refused(402), { retryable: false }],
  ["403", refused(403), { retryable: false }],
  ["404", refused(404), { retryable: false }],
  ["429", refused(429), { ...patient, waitMs: 0 }],
  ["429 with a time", refused(429, later), { ...patient, waitMs: 7000 }],
  ["429 without money", refused(429, { message: "insufficient_quota" }), { retryable: false }],
  ["500", refused(500), patient],
  ["503 with a time", refused(503, later), { ...patient, waitMs: 7000 }],
  ["529", refused(529), { ...patient, waitMs: 0 }],
  ["529 with a time", refused(529, later), { ...patient, waitMs: 7000 }],
  ["a conversation that is too long", refused(400, { message: "tooLong" }), { limit: "context" }],
  ["an answer's limit that is too high", refused(400, { message: "tooMuch" }), { limit: "output" }],
]
