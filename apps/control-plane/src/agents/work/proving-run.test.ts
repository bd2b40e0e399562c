import { expect, test } from "vitest"
import type { RecordedCall } from "./journal.ts"
import { provingRun } from "./proving-run.ts"

const of = { argv: ["node", "--test"], commit: "c1" }
const good = { commit: "c1", exitCode: 0, timedOut: false, changed: [], stdout: "pass 3" }

const run = (output: object = {}, argv = of.argv): RecordedCall => {
  const all = { ...good, ...output }
  const ok = all.exitCode === 0
  return { name: "run_command", title: "ran", ok, input: { argv }, output: all }
}
const read: RecordedCall = { name: "read_file", title: "read", ok: true, input: {}, output: {} }
const proof = (...calls: RecordedCall[]) =>
  provingRun({ newest: (wanted) => calls.findLast(wanted) }, of)

test("a run of the command on the commit that ended with 0 and changed nothing proves", () => {
  expect(proof(run())).toEqual({ stdout: "pass 3" })
  expect(proof(run({ commit: "c0", exitCode: 1 }), run(), read)).toEqual({ stdout: "pass 3" })
})

test.each<[string, RecordedCall[]]>([
  ["no run", [read]],
  ["another commit", [run({ commit: "c0" })]],
  ["another command", [run({}, ["node", "--test", "one.test.js"])]],
  ["a longer command", [run({}, ["node", "--test", "--test-only"])]],
  ["a failing run", [run({ exitCode: 1 })]],
  ["a run that was stopped", [run({ timedOut: true })]],
  ["a run that changed files", [run({ changed: ["server.js"] })]],
  ["a run whose changes were not kept", [run({ notKept: "too large" })]],
  ["a run before which it failed on the same commit", [run({ exitCode: 1 }), run()]],
  ["a run after which another command ran", [run(), run({}, ["node", "tidy.js"])]],
  ["a refused run", [{ ...run(), ok: false, output: { refused: "no" } }]],
])("%s proves nothing", (_, calls) => {
  expect(proof(...calls)).toBeUndefined()
})
