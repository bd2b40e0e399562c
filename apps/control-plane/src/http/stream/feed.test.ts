import { systemClock } from "@vibecaas/kernel/clock"
import { silentLog } from "@vibecaas/kernel/log"
import { afterEach, expect, test } from "vitest"
import { type Feed, makeFeed, type ReadFeed } from "./feed.ts"

/** A topic whose newest event is `edge`; reading after `broken` fails, as a database might. */
let edge = 1
const readsAfter: (string | undefined)[] = []
const read: ReadFeed = async ({ after }) => {
  readsAfter.push(after)
  if (after === "broken") throw new Error("value out of range")
  const from = after === undefined ? edge : Number(after)
  const event = { kind: "project.changed" as const, id: "prj_x", data: edge, cursor: String(edge) }
  const events = edge > from ? [event] : []
  return { kind: "events", events, cursor: String(edge), more: false, waiting: false }
}

let feed: Feed
afterEach(() => feed.close())

async function hear(after?: string): Promise<unknown[]> {
  const heard: unknown[] = []
  await feed.subscribe(
    { organizationId: "org_1", topic: "organization:org_1", after },
    { event: (text) => heard.push(JSON.parse(text).data), reset: () => heard.push("reset") },
    () => {},
  )
  return heard
}

test("a subscriber after whose cursor nothing can be read keeps no other from hearing", async () => {
  feed = makeFeed({ read, clock: systemClock, log: silentLog })
  const before = await hear()
  await hear("broken")
  const after = await hear()
  edge = 2
  feed.wake("organization:org_1")
  await expect.poll(() => [before, after]).toEqual([[2], [2]])
})

test("reading after a cursor that fails is tried less and less often", async () => {
  feed = makeFeed({ read, clock: systemClock, log: silentLog })
  readsAfter.length = 0
  await hear("broken")
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  expect(readsAfter.filter((after) => after === "broken").length).toBeLessThan(8)
})
