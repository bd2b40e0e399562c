import { silentLog } from "@vibecaas/kernel/log"
import { expect, test } from "vitest"
import { makeAhead } from "./ahead.ts"

const tests = ["node", "--test"]

/** What was begun beside a command, and beside an app that a task started. */
async function begunBy(of: {
  argv?: readonly string[]
  last?: boolean
  asksForPage?: boolean
  hasApp?: boolean
  running?: boolean
}) {
  const { argv = tests, last = true, asksForPage = false, hasApp = false, running = true } = of
  const begun: string[] = []
  const eyes = { lookAhead: (_: unknown, commit: string) => void begun.push(`looked at ${commit}`) }
  const ahead = makeAhead({ eyes, last, asksForPage, log: silentLog })
  const session = {
    connect: () => Promise.reject(new Error("nobody connects here")),
    cover: async (text: string) => text,
    hasApp: async () => hasApp,
    beginApp: async (commit: string) => {
      begun.push(`started ${commit}`)
      return { seen: Promise.resolve({ running, exitCode: null, logTail: [] }) }
    },
  }
  await ahead.onCommand(session, { argv, commit: "c1" })
  ahead.onStarted(session, "c2")
  await new Promise((later) => setImmediate(later))
  return begun
}

test("beside the tests an app is started and looked at, when a check will ask for its page", async () => {
  const begun = await begunBy({ asksForPage: true, last: false })
  expect(begun).toEqual(["started c1", "looked at c1"])
  expect(await begunBy({ asksForPage: true, last: false, running: false })).toEqual(["started c1"])
  expect(await begunBy({ hasApp: true, last: false })).toEqual(["started c1", "looked at c1"])
})

test("no project gets its first app by that, and other commands begin nothing", async () => {
  expect(await begunBy({ last: false })).toEqual([])
  expect(await begunBy({ asksForPage: true, last: false, argv: ["node", "a.js"] })).toEqual([])
})

test("the app that the last task starts is looked at at once, that of others is not", async () => {
  expect(await begunBy({ last: true })).toEqual(["looked at c2"])
  expect(await begunBy({ last: false })).toEqual([])
})
