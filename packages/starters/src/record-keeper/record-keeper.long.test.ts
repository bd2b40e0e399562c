import fc from "fast-check"
import { afterAll, test } from "vitest"
import { anyModel } from "../testing/any-model.ts"
import { ownTests, removeFolders, written } from "../testing/record-keeper-folder.ts"

afterAll(removeFolders)

// a model made up is a run of all tests of an app: few of them, and always the same
const madeUp = fc.sample(anyModel, { seed: 7, numRuns: 4 }).map((model, at) => [at, model] as const)
test.for(madeUp)(
  "the app of the made up model no. %i passes its own tests",
  async ([, model], { expect }) => {
    const { passed, output } = await ownTests(written(model))
    expect(passed, output.slice(-4000)).toBe(true)
  },
)
