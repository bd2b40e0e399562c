import type pg from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { readBacklog } from "./backlog.ts"
import { assertFence } from "./fence.ts"
import { keyText, parseKey } from "./key.ts"
import {
  abandonLeases,
  claimSweep,
  forgetLoops,
  markDue,
  reclaimLeases,
  releaseLease,
  renewLeases,
} from "./leases.ts"
import { reconcileSchema } from "./schema.ts"
import { takeLeases } from "./take-leases.ts"
import { inTransaction, key, makeWorld, type World } from "./testing/world.ts"

let world: World
let pool: pg.Pool
beforeAll(async () => {
  world = await makeWorld()
  pool = world.pool
}, 30_000)
afterAll(() => world.end())

const loop = "things"
const a = { holder: "a", instance: "a1" }
const b = { holder: "b", instance: "b1" }
const mark = (id: string, xid?: string) =>
  markDue(pool, { loop, reason: "wake" }, [{ key: keyText(key(id)), xid }])
/** The lease of this key, among all that are due. */
const take = async (id: string, holder = a, leaseMs = 60_000) => {
  const { leases } = await takeLeases(pool, [{ loop, places: 100 }], { ...holder, leaseMs })
  return leases.find((lease) => lease.key === keyText(key(id)))
}
const end = (id: string, fence: bigint, afterMs: number | null = null) =>
  releaseLease(
    pool,
    { loop, key: keyText(key(id)), fence },
    { kind: "rest", failures: 0, afterMs, reason: "again", elapsedMs: 0 },
  )

/** A lease that somebody took and must have, for the test to go on. */
async function taken(id: string, holder = a, leaseMs = 60_000) {
  const lease = await take(id, holder, leaseMs)
  if (!lease) throw new Error(`${id} was not free`)
  return lease
}

test("the schema may be applied twice", async () => {
  await pool.query(reconcileSchema)
})

test("a lease is given to one of many who ask", async () => {
  await mark("contended")
  const answers = await Promise.all([a, b, a, b].map((holder) => take("contended", holder)))
  expect(answers.filter((answer) => answer !== undefined)).toHaveLength(1)
})

test("a key that is not due gives no lease", async () => {
  expect(await take("unknown")).toBeUndefined()
  await mark("rests")
  const { fence } = await taken("rests")
  await end("rests", fence)
  expect(await take("rests")).toBeUndefined()
})

test("fences rise with every turn, also of a key whose row was dropped in between", async () => {
  await mark("rising")
  const first = await taken("rising")
  await end("rising", first.fence)
  await pool.query("delete from reconcile_leases where key = $1", [keyText(key("rising"))])
  await mark("rising")
  const second = await taken("rising")
  expect(second.fence).toBeGreaterThan(first.fence)
})

test("a lease that expired and was taken by another can be neither renewed nor ended", async () => {
  await mark("expired")
  const old = await taken("expired", a, 0)
  await mark("expired")
  const current = await taken("expired", b)
  expect(await renewLeases(pool, [old.fence, current.fence], 1_000)).toEqual(
    new Set([current.fence]),
  )
  expect(await end("expired", old.fence)).toBeUndefined()
  await expect(
    inTransaction(pool, (tx) => assertFence(tx, { loop, key: key("expired"), fence: old.fence })),
  ).rejects.toMatchObject({ code: "lease_lost" })
})

test("a lease that expired and was taken by nobody is renewed", async () => {
  await mark("woke_up")
  const { fence } = await taken("woke_up", a, 0)
  expect(await renewLeases(pool, [fence], 60_000)).toEqual(new Set([fence]))
  await mark("woke_up")
  expect(await take("woke_up", b)).toBeUndefined()
})

test("a lease does not pass on while a fenced write is under way, and is renewed meanwhile", async () => {
  await mark("writing")
  const { fence } = await taken("writing", a, 0)
  await mark("writing")
  await inTransaction(pool, async (tx) => {
    await assertFence(tx, { loop, key: key("writing"), fence })
    await renewLeases(pool, [fence], 0)
    expect(await take("writing", b)).toBeUndefined()
  })
  expect((await take("writing", b))?.fence).toBeGreaterThan(fence)
})

test("the fence is compared for a role that may not read the leases", async () => {
  await mark("unprivileged")
  const { fence } = await taken("unprivileged")
  await pool.query("create role app")
  await inTransaction(pool, async (tx) => {
    await tx.query("set local role app")
    await tx.query("create temp table reconcile_leases (loop text)")
    await assertFence(tx, { loop, key: key("unprivileged"), fence })
    await tx.query("drop table pg_temp.reconcile_leases")
  })
})

test("a wake that a turn has already seen asks for no other", async () => {
  const { rows } = await pool.query<{ xid: string }>("select pg_current_xact_id()::text as xid")
  const xid = rows[0]?.xid
  await mark("seen", xid)
  const { fence } = await taken("seen")
  await mark("seen", xid)
  expect(await end("seen", fence)).toBeNull()
})

test("a wake whose transaction was open when the turn began asks for one more", async () => {
  await mark("unseen")
  const { lease, xid } = await inTransaction(pool, async (tx) => {
    const { rows } = await tx.query<{ xid: string }>("select pg_current_xact_id()::text as xid")
    return { lease: await taken("unseen"), xid: rows[0]?.xid }
  })
  await mark("unseen", xid)
  expect(await end("unseen", lease.fence)).toBe(0)
})

test("the earliest of two appointments is kept", async () => {
  await mark("early")
  const { fence } = await taken("early")
  await pool.query(
    "update reconcile_leases set next_at = now() + interval '1 minute' where key = $1",
    [keyText(key("early"))],
  )
  const inMs = await end("early", fence, 3_600_000)
  expect(inMs).toBeLessThanOrEqual(60_000)
})

test("what an instance abandons is due at once", async () => {
  await mark("abandoned")
  await taken("abandoned", { holder: "gone", instance: "gone1" })
  await abandonLeases(pool, "gone1")
  expect(await take("abandoned", b)).toMatchObject({ reason: "retry" })
})

test("a key whose holder went silent is due again, for one of those who look", async () => {
  await mark("silent")
  await taken("silent", a, 0)
  expect(await take("silent", b)).toBeUndefined()
  await Promise.all([1, 2].map(() => reclaimLeases(pool, [loop], { delayMs: 10 })))
  const looks = await Promise.all([a, b, a].map((holder) => take("silent", holder)))
  expect(looks.filter(Boolean)).toMatchObject([{ reason: "retry" }])
  expect(await readBacklog(pool, [loop])).toMatchObject([
    {
      failingKeys: [
        { key: key("silent"), failures: 1, fault: expect.stringMatching("holder_lost") },
      ],
    },
  ])
})

test("no more leases are given than there is room, the longest due first, each loop for itself", async () => {
  const rooms = [
    { loop: "busy", places: 2 },
    { loop: "calm", places: 1 },
  ]
  for (const id of ["one", "two", "three"]) {
    await markDue(pool, { loop: "busy", reason: "wake" }, [{ key: keyText(key(id)) }])
  }
  await markDue(pool, { loop: "calm", reason: "wake" }, [{ key: keyText(key("one")) }])
  const ids = async () =>
    (await takeLeases(pool, rooms, { ...a, leaseMs: 60_000 })).leases
      .map((lease) => `${lease.loop} ${parseKey(lease.key).id}`)
      .toSorted()
  expect(await ids()).toEqual(["busy one", "busy two", "calm one"])
  expect(await ids()).toEqual(["busy three"])
})

test("who has five hundred keys due does not keep others waiting", async () => {
  const keyOf = (organizationId: string, id: string) => keyText({ organizationId, id })
  const due = (keys: string[]) =>
    markDue(
      pool,
      { loop: "shared", reason: "wake" },
      keys.map((each) => ({ key: each })),
    )
  const crowd = Array.from({ length: 500 }, (_, n) => keyOf("org_crowd", `${n}`))
  const look = async (places: number) =>
    (await takeLeases(pool, [{ loop: "shared", places }], { ...a, leaseMs: 60_000 })).leases
  await due(crowd)
  expect(await look(4)).toHaveLength(4)
  await due([keyOf("org_late", "one"), keyOf("org_late", "two"), keyOf("org_other", "one")])
  const next = (await look(4)).map((lease) => lease.key).toSorted()
  expect(next).toEqual(expect.arrayContaining(["org_late/one", "org_late/two", "org_other/one"]))
})

test("a key that went silent twice is taken alone, and others are taken meanwhile", async () => {
  const where = { loop: "suspects", reason: "wake" } as const
  const marks = ["one", "two", "three"].map((id) => ({ key: keyText(key(id)) }))
  const look = async (holder = a, leaseMs = 0) =>
    (await takeLeases(pool, [{ loop: "suspects", places: 9 }], { ...holder, leaseMs })).leases
  const lose = () =>
    pool.query("update reconcile_leases set next_at = now() where loop = 'suspects'")
  await markDue(pool, where, marks)
  expect(await look()).toHaveLength(3)
  await lose()
  expect(await look()).toMatchObject([1, 2, 3].map(() => ({ losses: 1, failures: 1 })))
  await lose()
  await markDue(pool, where, [{ key: keyText(key("fresh")) }])
  const ours = await look(a, 60_000)
  expect(ours.map(({ losses }) => losses).toSorted()).toEqual([0, 2])
  expect(await look(a, 60_000)).toEqual([])
  expect(await look(b, 60_000)).toHaveLength(1)
  const suspect = ours.find(({ losses }) => losses === 2)
  await releaseLease(pool, suspect ?? { loop: "", key: "", fence: 0n }, {
    kind: "rest",
    failures: 0,
    afterMs: null,
    reason: "again",
    elapsedMs: 0,
  })
  expect(await look(a, 60_000)).toMatchObject([{ losses: 2, failures: 2 }])
})

test("a look says when the next key becomes due", async () => {
  const rooms = [{ loop: "later", places: 1 }]
  const look = () => takeLeases(pool, rooms, { ...a, leaseMs: 60_000 })
  expect(await look()).toEqual({ leases: [], nextInMs: undefined })
  await markDue(pool, { loop: "later", reason: "wake" }, [{ key: keyText(key("one")) }])
  const [lease] = (await look()).leases
  const outcome = {
    kind: "rest",
    failures: 0,
    afterMs: 5_000,
    reason: "again",
    elapsedMs: 0,
  } as const
  await releaseLease(pool, lease ?? { loop: "", key: "", fence: 0n }, outcome)
  const { leases, nextInMs } = await look()
  expect(leases).toEqual([])
  expect(nextInMs).toBeGreaterThan(3_000)
  expect(nextInMs).toBeLessThanOrEqual(5_000)
})

test("a period is swept once, and rows at rest for a day are dropped", async () => {
  await mark("old")
  const { fence } = await taken("old")
  await end("old", fence)
  await pool.query(
    "update reconcile_leases set touched_at = now() - interval '2 days' where key = $1",
    [keyText(key("old"))],
  )
  const period = { everyMs: 60_000, force: false }
  const sweeps = await Promise.all([1, 2, 3].map(() => claimSweep(pool, loop, period)))
  expect(sweeps.filter(Boolean)).toHaveLength(1)
  expect(await claimSweep(pool, loop, { ...period, force: true })).toBe(true)
  const { rows } = await pool.query("select 1 from reconcile_leases where key = $1", [
    keyText(key("old")),
  ])
  expect(rows).toEqual([])
})

test("leases of a loop that no longer exists are dropped a day after it was last swept", async () => {
  const left = async () => {
    const { rows } = await pool.query<{ loop: string }>(
      "select distinct loop from reconcile_leases where loop in ('former', 'newer') order by loop",
    )
    return rows.map((row) => row.loop)
  }
  for (const each of ["former", "newer"]) {
    await markDue(pool, { loop: each, reason: "sweep" }, [{ key: keyText(key("one")) }])
    await claimSweep(pool, each, { everyMs: 0, force: true })
  }
  await pool.query(
    "update reconcile_sweeps set swept_at = now() - interval '2 days' where loop = 'former'",
  )
  await forgetLoops(pool, ["former", loop])
  expect(await left()).toEqual(["former", "newer"])
  await forgetLoops(pool, [loop])
  expect(await left()).toEqual(["newer"])
})
