import { expect, test } from "vitest"
import { id } from "../testing/numbered.ts"
import { step as stepOf } from "../testing/runs.ts"
import { newestLook, picturesOf, whyNotSeen } from "./pictures-of.ts"

const runId = id("run")
const step = (given: Partial<Parameters<typeof stepOf>[0]>) =>
  stepOf({ runId, taskId: id("tsk"), title: "", ...given })
const picture = (width: number) => ({ name: "ab12", width, height: 900 })

test("a look shows its picture, with words for who does not see it", () => {
  const output = { path: "/books", title: "My books", scheme: "dark", picture: picture(375) }
  expect(picturesOf(step({ output }))).toEqual([
    {
      ...{ src: `/api/v1/agents/runs/${runId}/pictures/ab12`, width: 375, height: 900 },
      ...{ alt: "Screenshot of /books, 375 px, dark: My books", narrow: true },
      caption: "375 px, dark",
    },
  ])
})

test("a check shows the pictures of all its looks; one that could not be kept is left out", () => {
  const looks = [
    { path: "/", picture: picture(375) },
    { path: "/", picture: null },
    { path: "/", picture: picture(1440) },
  ]
  expect(picturesOf(step({ output: { looks } })).map(({ caption }) => caption)).toEqual([
    "375 px",
    "1440 px",
  ])
  expect(picturesOf(step({ output: { exitCode: 0 } }))).toEqual([])
})

test("a page that nobody could look at is told apart from one that has errors", () => {
  const check = { kind: "check", name: "browser", ok: false } as const
  const evidence = "Nobody looked at the page in a browser."
  const unseen = step({ ...check, output: { passed: true, evidence, looks: [] } })
  const bad = step({ ...check, output: { passed: false, evidence: "Errors.", looks: [] } })
  expect(newestLook([bad, unseen, step({})])).toBe(unseen)
  expect([unseen, bad].map(whyNotSeen)).toEqual([evidence, undefined])
})
