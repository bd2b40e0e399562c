import { expect, test } from "vitest"
import { bedNames, beds } from "./beds.ts"
import { readTestOptions } from "./test-options.ts"

test("without a word everything runs that needs no bed and does not take long", () => {
  expect(readTestOptions([])).toEqual({
    parts: ["pure", "database", "machines", "e2e"],
    beds: {},
    rest: [],
  })
})

test("a lane is chosen by its name or by --lane, and more than one can be", () => {
  expect(readTestOptions(["pure"]).parts).toEqual(["pure"])
  expect(readTestOptions(["--lane", "e2e", "--lane=database"]).parts).toEqual(["database", "e2e"])
})

test("--all adds what takes long, and the beds", () => {
  const everything = ["pure", "database", "machines", "e2e", "long", "beds"]
  expect(readTestOptions(["--all"]).parts).toEqual(everything)
})

test("a bed's folder is handed on by its variable, as an absolute path", () => {
  const { beds: found } = readTestOptions(["--bed", "shops=/a=b", "--bed=kubernetes=/k"])
  expect(found).toEqual({ [beds.shops.variable]: "/a=b", [beds.kubernetes.variable]: "/k" })
})

test("words and options that are not ours go to the test runner in their order", () => {
  expect(readTestOptions(["src/projects", "--all", "-t", "a title"]).rest).toEqual([
    ...["src/projects", "-t", "a title"],
  ])
})

test.each([
  [["--lane", "fast"], "There is no lane “fast”"],
  [["--bed", "shop=/a"], "the beds are kubernetes"],
  [["--bed", "shops"], "Write --bed NAME=FOLDER"],
  [["--lane"], "--lane needs a value"],
])("%j is told as a sentence", (argv, sentence) => {
  expect(() => readTestOptions(argv)).toThrow(sentence)
})

test("a bed's variable says what it is", () => {
  for (const name of bedNames)
    expect(beds[name].variable).toBe(`VIBECAAS_TEST_${name.toUpperCase()}_BED`)
})
