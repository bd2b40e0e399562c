import { expect, test } from "vitest"
import { run, step, task } from "../testing/runs.ts"
import { resultOf } from "./run-result.ts"

const backend = task({ role: "backend", state: "succeeded", testsPassed: 12 })
const proof = task({ role: "testing", state: "succeeded", testsPassed: 24 })
const built = (words: string) => ({ words, state: "built" as const, why: "A test." })
const of = { runId: "run_00000000000000000000000001", taskId: backend.id } as const
const wrote = (changed: string[], linesAdded: number, linesRemoved = 0) =>
  step({ ...of, title: "wrote", output: { changed }, linesAdded, linesRemoved })

test("a file that was written twice counts once, its lines as often as they were written", () => {
  const steps = [wrote(["a.ts", "b.ts"], 30), wrote(["a.ts"], 4, 2), step({ ...of, title: "said" })]
  const result = resultOf(run({ projectId: "prj_00000000000000000000000001" }), steps)
  expect(result).toMatchObject({ files: 2, linesAdded: 34, linesRemoved: 2, testsPassed: null })
})

test("the largest suite is what was proved, and only wishes that were built are to be tried", () => {
  const left = { words: "a map", state: "not_built" as const, why: "No maps." }
  const clauses = [left, ...["books", "search", "sorting", "rating"].map(built)]
  const result = resultOf({ tasks: [backend, proof], clauses }, [])
  expect(result).toMatchObject({ testsPassed: 24, toTry: ["books", "search", "sorting"] })
})
