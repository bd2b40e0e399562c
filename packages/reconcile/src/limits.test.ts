import { fault } from "@vibecaas/kernel/fault"
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest"
import { limitsOf, soonEnough, type Verdict, verdictOnFailure } from "./limits.ts"
import type { LoopDefinition } from "./loop.ts"
import { again, done, working } from "./next.ts"
import { definition, leaseRow, makeWorld, type World } from "./testing/world.ts"

let world: World
beforeAll(async () => {
  world = await makeWorld()
}, 30_000)
afterEach(() => world.stopLoops())
afterAll(() => world.end())

const eventually = (check: () => void | Promise<void>) =>
  vi.waitFor(check, { timeout: 15_000, interval: 5 })

/** A loop that notes its verdicts and answers them with `answer`. */
function judged(
  reconcile: LoopDefinition["reconcile"],
  more: Partial<LoopDefinition>,
  answer: "give-up" | "keep-trying" = "give-up",
) {
  const verdicts: Verdict[] = []
  const loop = definition(reconcile, {
    giveUp: async (_turn, verdict) => {
      verdicts.push(verdict)
      return answer
    },
    ...more,
  })
  return { loop, verdicts }
}

const fails = async () => {
  throw new Error("still down")
}

test("turns that throw as often as is allowed give the key up, and a wake begins anew", async () => {
  const { loop, verdicts } = judged(fails, { limits: { triesMax: 3 } })
  const { loops, wake } = await world.start(loop)
  await wake("a")
  await eventually(() => expect(verdicts).toMatchObject([{ cause: "tries", failures: 3 }]))
  await eventually(async () =>
    expect(await leaseRow(world.pool, loop.name, "a")).toMatchObject({ rest: true, failures: 3 }),
  )
  expect(loops.status()[0]?.turns).toBe(3)
  await wake("a")
  await eventually(() => expect(loops.status()[0]?.turns).toBe(6))
  await eventually(() => expect(verdicts.map(({ failures }) => failures)).toEqual([3, 3]))
})

test("a loop without limits of its own gives up too", async () => {
  const { loops, wake } = await world.start(definition(fails), { backoff: { delayMs: 1 } })
  await wake("a")
  await eventually(() => expect(loops.status()[0]?.last?.outcome).toBe("give-up"))
  expect(loops.status()[0]?.turns).toBe(10)
})

test("a fault that is not retryable is hopeless at the first turn", async () => {
  const refuse = async () => {
    throw fault("quota_exceeded", { say: "The card was refused." })
  }
  const { loop, verdicts } = judged(refuse, {})
  const { wake } = await world.start(loop)
  await wake("a")
  await eventually(() => expect(verdicts).toMatchObject([{ cause: "hopeless", failures: 1 }]))
})

test("what must not be left is tried for ever, with pauses that grow", async () => {
  const { loop, verdicts } = judged(fails, { limits: { triesMax: 2 } }, "keep-trying")
  const { wake } = await world.start(loop)
  await wake("a")
  await eventually(() => expect(verdicts.map(({ failures }) => failures)).toContain(6))
})

test("work that lasts too long is given up, although each turn made progress", async () => {
  let turns = 0
  const { loop, verdicts } = judged(async () => working(10, `step ${turns++}`), {
    limits: { workMsMax: 150 },
  })
  const { wake } = await world.start(loop)
  await wake("a")
  await eventually(() => expect(verdicts).toMatchObject([{ cause: "work" }]))
  expect(turns).toBeGreaterThan(2)
  await eventually(async () =>
    expect(await underWay(loop.name)).toEqual({ working: false, mark: null }),
  )
})

test("work that makes no progress is stuck", async () => {
  const { loop, verdicts } = judged(async () => working(10, "booting"), {
    limits: { stuckMsMax: 100 },
  })
  const { wake } = await world.start(loop)
  await wake("a")
  await eventually(() => expect(verdicts).toMatchObject([{ cause: "stuck" }]))
  expect(verdicts[0]?.error).toMatchObject({ code: "work_stuck", note: "at booting" })
})

test("an appointment later than a limit is kept at the limit", async () => {
  const { loop, verdicts } = judged(async () => working(600_000, "booting"), {
    limits: { stuckMsMax: 100 },
  })
  const { wake } = await world.start(loop)
  await wake("a")
  await eventually(() => expect(verdicts).toMatchObject([{ cause: "stuck" }]))
})

test("how long work is under way is counted over restarts, and over turns that throw", async () => {
  let turns = 0
  const step = async () => {
    turns += 1
    if (turns === 2) throw new Error("once")
    return working(10, `step ${turns}`)
  }
  const { loop, verdicts } = judged(step, { limits: { workMsMax: 600_000 } })
  const { loops, wake } = await world.start(loop)
  await wake("a")
  await eventually(() => expect(turns).toBeGreaterThan(3))
  await loops.stop(1_000)
  await world.pool.query(
    "update reconcile_leases set work_since = work_since - interval '10 minutes' where loop = $1",
    [loop.name],
  )
  expect(verdicts).toEqual([])
  await world.start(loop)
  await eventually(() => expect(verdicts).toMatchObject([{ cause: "work" }]))
})

test("a turn that answers otherwise ends the work", async () => {
  const answers = [working(1, "one"), again(1), working(1, "one"), done]
  const { loop } = judged(async () => answers.shift() ?? done, {})
  const { loops, wake } = await world.start(loop)
  await wake("a")
  await eventually(() => expect(loops.status()[0]?.turns).toBe(4))
  expect(await underWay(loop.name)).toEqual({ working: false, mark: null })
})

test("the first limit that was exceeded is named, and none before", () => {
  const limits = limitsOf({ triesMax: 3, workMsMax: 100, stuckMsMax: 50 })
  const after = (failures: number, workMs: number, markMs: number) =>
    verdictOnFailure(limits, {
      error: new Error("no"),
      failures,
      progress: { mark: "m", workMs, markMs },
    })?.cause
  expect(after(2, 99, 49)).toBeUndefined()
  expect(after(3, 100, 50)).toBe("tries")
  expect(after(1, 100, 50)).toBe("work")
  expect(after(1, 99, 50)).toBe("stuck")
  expect(soonEnough(limits, { mark: "m", workMs: 70, markMs: 10 }, 1_000)).toBe(30)
})

async function underWay(loop: string) {
  const { rows } = await world.pool.query(
    "select work_since is not null as working, mark from reconcile_leases where loop = $1",
    [loop],
  )
  return rows[0]
}
