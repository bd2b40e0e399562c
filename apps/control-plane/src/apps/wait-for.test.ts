import type { IdOf } from "@vibecaas/contract/kinds"
import { clockAt } from "@vibecaas/kernel/clock"
import { expect, test, vi } from "vitest"
import type { AppsParts } from "./parts.ts"
import { hearProjects } from "./project-news.ts"
import { type Seen, type Waiting, waitFor } from "./wait-for.ts"

const projectId = "prj_1" as IdOf<"project">

/** Rows that change when a test says so, and a clock that stands still. */
function world() {
  const clock = clockAt("2026-01-01T00:00:00Z")
  const aborting = new AbortController()
  let tell = (_topic: string) => {}
  const news = hearProjects({
    on: (_, hear) => {
      tell = hear
    },
  })
  let state = "booting"
  let looks = 0
  const scope = async () => {
    looks += 1
    return { machine: { wanted: "running", state }, app: undefined }
  }
  // What waits reads no more of its parts than these.
  const parts = { clock, news, scope } as unknown as AppsParts
  const waiting: Waiting = {
    ...{ organizationId: "org_1", projectId, draftOf: "run_1", withinMs: 60_000 },
    signal: aborting.signal,
  }
  const judge = ({ machine }: Seen) => (machine.state === "running" ? "it runs" : undefined)
  return {
    clock,
    abort: () => aborting.abort(new Error("asked to end")),
    tell: (topic: string) => tell(topic),
    run: () => {
      state = "running"
    },
    looks: () => looks,
    answer: waitFor(parts, waiting, judge),
  }
}

test("news of the project end the wait at once, and those of others cost nothing", async () => {
  const { answer, looks, run, tell } = world()
  await vi.waitFor(() => expect(looks()).toBe(1))
  tell("project:prj_2")
  run()
  tell(`project:${projectId}`)
  expect(await answer).toBe("it runs")
  expect(looks()).toBe(2)
})

test("lost news cost a second", async () => {
  const { answer, clock, looks, run } = world()
  await vi.waitFor(() => expect(looks()).toBe(1))
  run()
  const began = clock.now().getTime()
  await vi.waitFor(() => {
    clock.advance(250)
    expect(looks()).toBe(2)
  })
  expect(await answer).toBe("it runs")
  expect(clock.now().getTime() - began).toBeGreaterThanOrEqual(1000)
})

test("who no longer waits hears so at once", async () => {
  const { answer, abort, looks } = world()
  await vi.waitFor(() => expect(looks()).toBe(1))
  abort()
  await expect(answer).rejects.toThrow("asked to end")
})
