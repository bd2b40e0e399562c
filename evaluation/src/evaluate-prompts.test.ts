import type { Browser } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { openBrowser } from "../../e2e/src/browser.ts"
import { evaluatePrompt } from "./evaluate-prompts.ts"
import { signIn } from "./platform-call.ts"
import type { Prompt } from "./prompt.ts"
import { shoppingList } from "./testing/list-apps.ts"
import { platformThat } from "./testing/platform.ts"

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

const text = "a shopping list that keeps what I write"
const asked: Prompt = {
  ...{ id: "list", language: "en", expect: "build", text },
  clauses: [
    { words: "a shopping list", steps: [{ enter: { item: "Oats" } }, { see: "Oats" }] },
    {
      words: "keeps what I write",
      steps: [{ enter: { item: "Jam" } }, { reload: true }, { see: "Jam" }],
    },
  ],
}
const clauses = [{ words: text, state: "built" }]

type Platform = Awaited<ReturnType<typeof platformThat>>

async function evaluated(platform: Platform, first = false) {
  const call = await signIn(platform.origin, { email: "ann@example.com", password: "secret" })
  return evaluatePrompt({ call, browser, minutesMax: 1, first, patienceMs: 1500 }, asked)
}

test("a platform that says more than its app does is caught, and its project goes", async () => {
  await using app = await shoppingList({ keep: false, live: false, cross: false })
  await using platform = await platformThat({ state: "succeeded", clauses }, app.origin)
  const score = await evaluated(platform)
  expect(score).toMatchObject({ outcome: "built", tests: "some", tokens: 15, cents: 2.5 })
  expect(score.wishes).toMatchObject([
    { said: "built", test: "passed", wronglyGreen: false },
    { said: "built", test: "failed", wronglyGreen: true },
  ])
  expect(platform.projects()).toEqual([])
})

test("a platform whose app does what it says is not", async () => {
  await using app = await shoppingList()
  await using platform = await platformThat({ state: "succeeded", clauses }, app.origin)
  const score = await evaluated(platform)
  expect(score).toMatchObject({ outcome: "built", tests: "all" })
})

test("a platform that declines is not tried, and its reason is kept", async () => {
  const run = { state: "failed", declined: true, summary: "This is no app.", clauses: [] }
  await using platform = await platformThat(run, "http://nowhere.invalid")
  const score = await evaluated(platform)
  expect(score).toMatchObject({ outcome: "declined", declined: "wrongly", tests: "untried" })
  expect(score.reason).toBe("This is no app.")
})

test("what agents ask meanwhile is answered, so that they go on", async () => {
  await using app = await shoppingList()
  const run = { state: "succeeded", clauses, asks: true }
  await using platform = await platformThat(run, app.origin)
  expect(await evaluated(platform)).toMatchObject({ outcome: "built", questions: 1 })
})

test("a proposal that waits is told from one that is confirmed as it is", async () => {
  await using app = await shoppingList()
  const run = { state: "succeeded", clauses, proposes: "waiting" } as const
  await using platform = await platformThat(run, app.origin)
  const waiting = await evaluated(platform)
  expect(waiting).toMatchObject({ outcome: "waiting", reason: "which of: shopping" })
  expect(waiting.wishes.map(({ said }) => said)).toEqual(["built", "built"])
  expect(await evaluated(platform, true)).toMatchObject({
    ...{ outcome: "built", starter: "shopping", waited: true, tests: "all" },
  })
})

test("a proposal that is declined at once is no app", async () => {
  const run = { state: "failed", clauses: [], proposes: "declined" } as const
  await using platform = await platformThat(run, "http://nowhere.invalid")
  expect(await evaluated(platform, true)).toMatchObject({
    ...{ outcome: "declined", reason: "This is no app.", declined: "wrongly" },
  })
})
