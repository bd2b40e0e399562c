import { expect, test } from "vitest"
import type { Browser, PageToSee, Seen } from "./browser.ts"
import { makeEyes, makeLooksAhead } from "./eyes.ts"

const fine: Seen = {
  ...{ url: "/", title: "Books", status: 200, console: [], errors: [], failedRequests: [] },
  ...{ dialogs: [], blank: false, scrollsSidewaysBy: 0, tree: "", cookies: {} },
}

/** Eyes whose browser sees what it is told to, and every look they took. */
function eyesSeeing(seen: () => Seen) {
  const looks: string[] = []
  const browser: Pick<Browser, "look"> = {
    look: async ({ path, widths }: PageToSee) =>
      widths.map((width) => {
        looks.push(`${path} ${width}`)
        return seen()
      }),
  }
  const pictures = { keep: async () => undefined, read: async () => undefined }
  const looksAhead = makeLooksAhead()
  const eyesOf = (runId: string) =>
    makeEyes({ browser, pictures, looksAhead, runId, signal: new AbortController().signal })
  return { eyes: eyesOf("run_1"), eyesOf, looks }
}
const app = {
  connect: () => Promise.reject(new Error("nobody connects here")),
  cover: async (text: string) => text.replaceAll("hunter2", "[secret]"),
}
const twice = ["/ 375", "/ 1440"]

test("a page that was seen ahead on the same files is not looked at twice", async () => {
  const { eyes, looks } = eyesSeeing(() => fine)
  eyes.lookAhead(app, "c1")
  const sights = await eyes.visit(app, { commit: "c1", paths: ["/", "/books"] })
  expect(sights.map(({ path, width }) => `${path} ${width}`)).toEqual([
    ...[...twice, "/books 375", "/books 1440"],
  ])
  expect(looks.filter((each) => each.startsWith("/ "))).toEqual(twice)
})

test("other files, or troubles that were seen ahead, are a reason to look again", async () => {
  let errors = ["the app was just being started"]
  const { eyes, looks } = eyesSeeing(() => ({ ...fine, errors }))
  eyes.lookAhead(app, "c1")
  errors = []
  expect(
    (await eyes.visit(app, { commit: "c1", paths: ["/"] })).map((each) => each.errors),
  ).toEqual([[], []])
  await eyes.visit(app, { commit: "c2", paths: ["/"] })
  expect(looks).toEqual([...twice, ...twice, ...twice])
})

test("what one task of a run saw ahead counts for the next one, and for no other run", async () => {
  const { eyesOf, looks } = eyesSeeing(() => fine)
  eyesOf("run_1").lookAhead(app, "c1")
  await eyesOf("run_1").visit(app, { commit: "c1", paths: ["/"] })
  expect(looks).toEqual(twice)
  await eyesOf("run_2").visit(app, { commit: "c1", paths: ["/"] })
  expect(looks).toEqual([...twice, ...twice])
})

test("what a page shows of the project's secrets is covered before anybody reads it", async () => {
  const console = [{ level: "log", text: 'the key is "hunter2"' }]
  const { eyes } = eyesSeeing(() => ({ ...fine, console, tree: "hunter2" }))
  const [sight] = await eyes.visit(app, { commit: "c1", paths: ["/"] })
  expect(sight).toMatchObject({
    console: [{ level: "log", text: 'the key is "[secret]"' }],
    tree: "[secret]",
  })
})
