import { expect, test } from "vitest"
import { tellLeftAside } from "./left-aside.ts"
import type { Transcript } from "./transcript.ts"
import { say, use } from "./turn.ts"

const message =
  "<message>\nMara:\nMake it blue\nor green\nWith it: attachments/a.txt: text/plain\n</message>"

function transcript(more: Partial<Transcript> = {}): Transcript {
  const prompt = '<clauses>\n"a list"\n"attachments/logo.png"\n</clauses>'
  const told = `${prompt}\n${message}\n`
  return { system: "", prompt, told, uses: [], offered: new Set(["account_for"]), ...more }
}

const left = [
  { words: "attachments/logo.png", built: false, why: expect.stringMatching(/not look at/) },
  {
    words: "Make it blue\nor green",
    built: false,
    why: expect.stringMatching(/not read messages/),
  },
]
const account = (clauses: object[]) => ({ name: "account_for", input: { clauses } })

test("files and messages are said to be left aside beside what was built, or before the last word", () => {
  const built = { words: "a list", built: true }
  const turn = tellLeftAside(transcript(), use("It works.", account([built])))
  expect(turn).toEqual(use("It works.", account([built, ...left])))
  expect(tellLeftAside(transcript(), say("It runs."))).toEqual(use("It runs.", account(left)))
})

test("what was said of once is not said again, and nothing is said without the tool for it", () => {
  const uses = [{ ...account(left), result: undefined }]
  expect(tellLeftAside(transcript({ uses }), say("It runs."))).toEqual(say("It runs."))
  const offered = new Set<string>()
  expect(tellLeftAside(transcript({ offered }), say("It runs."))).toEqual(say("It runs."))
})
