import type { Topic } from "@vibecaas/contract/stream"
import pg from "pg"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import type { Ctx } from "../core/ctx.ts"
import { emit } from "../core/emit.ts"
import { createOrganization, type SeededOrganization } from "../db/testing/seed.ts"
import { type TestDatabase, testDatabase } from "../db/testing/test-database.ts"
import { type Reading, readEvents } from "./index.ts"

let db: TestDatabase
let mine: SeededOrganization
let projectId: `prj_${string}`
let topic: Topic
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  mine = await createOrganization(db)
  projectId = db.newId("prj")
  topic = `project:${projectId}`
})

const say = (ctx: Ctx, id: string) =>
  emit(ctx, { kind: "machine.changed", about: { project: projectId }, id, data: { id } })
const tell = (...ids: string[]) =>
  db.scope(mine, async (ctx) => {
    for (const id of ids) await say(ctx, id)
  })
const readOnce = (after: string | undefined, limit = 100) =>
  readEvents(db.database, { organizationId: mine.organizationId, topic, after, limit })

/** Reads when nothing is held back: other tests of this run have transactions in the same cluster. */
async function read(after: string | undefined, limit = 100): Promise<Reading> {
  for (;;) {
    const reading = await readOnce(after, limit)
    if (reading.kind === "reset" || !reading.waiting) return reading
  }
}

function events(reading: Reading) {
  if (reading.kind === "reset") throw new Error("the reader was told to begin again")
  return { ...reading, ids: reading.events.map(({ id }) => id) }
}

const now = async () => events(await read(undefined)).cursor

test("events are told in the order they were written, with what they say", async () => {
  const start = await now()
  await tell("a", "b")
  await tell("c")
  const { ids, events: told, more } = events(await read(start))
  expect(ids).toEqual(["a", "b", "c"])
  expect(told[0]).toMatchObject({ kind: "machine.changed", data: { id: "a" } })
  expect(more).toBe(false)
})

test("a reader without a cursor is told nothing of the past", async () => {
  await tell("a")
  const first = events(await read(undefined))
  expect(first.ids).toEqual([])
  await tell("b")
  expect(events(await read(first.cursor)).ids).toEqual(["b"])
})

test("nothing is told twice to a reader that goes on from the page's cursor", async () => {
  const start = await now()
  await tell("a", "b", "c", "d", "e")
  const first = events(await read(start, 2))
  expect([first.ids, first.more]).toEqual([["a", "b"], true])
  const second = events(await read(first.cursor, 2))
  const third = events(await read(second.cursor, 2))
  expect([second.ids, third.ids, third.more]).toEqual([["c", "d"], ["e"], false])
  expect(events(await read(third.cursor)).ids).toEqual([])
})

test("a reader can resume after any event it was told", async () => {
  const start = await now()
  await tell("a", "b")
  await tell("c")
  const all = events(await read(start)).events
  const after = await Promise.all(all.map(async ({ cursor }) => events(await read(cursor)).ids))
  expect(after).toEqual([["b", "c"], ["c"], []])
})

test("an event that commits after younger ones is not passed by", async () => {
  const start = await now()
  const slow = new pg.Client({ connectionString: db.urls.app })
  await slow.connect()
  await slow.query(`begin; set local app.organization = '${mine.organizationId}'`)
  const insert = `insert into live_events (organization_id, topic, kind, object_id)
    values ($1, $2, 'project.changed', 'slow')`
  await slow.query(insert, [mine.organizationId, topic])
  await tell("fast")

  const meanwhile = events(await readOnce(start))
  expect([meanwhile.ids, meanwhile.waiting]).toEqual([[], true])
  await slow.query("commit")
  await slow.end()
  expect(events(await read(meanwhile.cursor)).ids).toEqual(["slow", "fast"])
})

test("an old transaction's late event comes in the order of writing, and its cursors lose nothing", async () => {
  const start = await now()
  const old = new pg.Client({ connectionString: db.urls.app })
  await old.connect()
  await old.query(`begin; set local app.organization = '${mine.organizationId}'`)
  await old.query("select pg_current_xact_id()")
  await tell("first")
  const insert = `insert into live_events (organization_id, topic, kind, object_id)
    values ($1, $2, 'project.changed', 'second')`
  await old.query(insert, [mine.organizationId, topic])
  await old.query("commit")
  await old.end()

  const { events: told, ids } = events(await read(start))
  expect(ids).toEqual(["first", "second"])
  // The first event's own place lies behind the second's: whoever resumes there must get both.
  expect(events(await read(told[0]?.cursor)).ids).toEqual(["first", "second"])
  expect(events(await read(told[1]?.cursor)).ids).toEqual([])
})

test("a cursor of sequences alone would lose an event that this one tells", async () => {
  const start = await now()
  const begin = async () => {
    const client = new pg.Client({ connectionString: db.urls.app })
    await client.connect()
    await client.query(`begin; set local app.organization = '${mine.organizationId}'`)
    await client.query("select pg_current_xact_id()")
    const insert = `insert into live_events (organization_id, topic, kind, object_id)
      values ($1, $2, 'project.changed', $3) returning sequence`
    return {
      write: async (id: string): Promise<string> =>
        (await client.query(insert, [mine.organizationId, topic, id])).rows[0].sequence,
      commit: () => client.query("commit").then(() => client.end()),
    }
  }
  const [older, younger] = [await begin(), await begin()]
  await younger.write("small number")
  const passed = await older.write("large number")
  await older.commit()

  // The older transaction is complete, the younger one is not: its event waits.
  let meanwhile = events(await readOnce(start))
  while (meanwhile.ids.length === 0) meanwhile = events(await readOnce(start))
  expect(meanwhile.ids).toEqual(["large number"])
  await younger.commit()
  const bySequence = "select object_id from live_events where topic = $1 and sequence > $2"
  expect((await db.adminPool.query(bySequence, [topic, passed])).rows).toEqual([])
  expect(events(await read(meanwhile.cursor)).ids).toEqual(["small number"])
})

test("many writers at once lose no event, whatever the reader's page", async () => {
  const wanted = Array.from({ length: 60 }, (_, n) => `e${n}`)
  let cursor = await now()
  const seen = new Set<string>()
  let writing = true
  const writers = Promise.all(wanted.map((id) => tell(id))).finally(() => {
    writing = false
  })
  for (let idle = 0; idle < 3; ) {
    const page = events(await readOnce(cursor, 7))
    for (const id of page.ids) seen.add(id)
    cursor = page.cursor
    idle = writing || page.more || page.waiting || page.ids.length > 0 ? 0 : idle + 1
  }
  await writers
  expect([...seen].sort()).toEqual(wanted.sort())
})

test("nothing is heard of what did not commit", async () => {
  const start = await now()
  const failed = db.scope(mine, async (ctx) => {
    await say(ctx, "never")
    throw new Error("changed my mind")
  })
  await expect(failed).rejects.toThrow()
  expect(events(await read(start)).ids).toEqual([])
})

test("another organization's events are not told, though the topic is known", async () => {
  const start = await now()
  await tell("secret")
  const stranger = await createOrganization(db)
  const { organizationId } = stranger
  const reading = await readEvents(db.database, { organizationId, topic, after: start, limit: 9 })
  expect(events(reading).ids).toEqual([])
})

test("a cursor below what was removed is told to begin again; one above goes on", async () => {
  const old = await now()
  await tell("a")
  await read(old)
  const prune = "select prune_live_events(now() + interval '1 hour')"
  await db.database.asPlatform((tx) => tx.query({ name: "test_prune", text: prune }, []))
  expect(await read(old)).toEqual({ kind: "reset" })
  const fresh = await now()
  await tell("b")
  expect(events(await read(fresh)).ids).toEqual(["b"])
})

test.each(["", "x", "1", "1.2.3", "-1.0", "99999999999.0"])(
  "a cursor that is not ours, “%s”, is told to begin again",
  async (cursor) => {
    expect(await read(cursor)).toEqual({ kind: "reset" })
  },
)

test("listeners are told the topic at commit", async () => {
  const listener = new pg.Client({ connectionString: db.urls.app })
  await listener.connect()
  const heard: string[] = []
  listener.on("notification", ({ payload = "" }) => heard.push(payload))
  await listener.query("listen live")
  await tell("a")
  await listener.query("select 1")
  await listener.end()
  expect(heard).toEqual([topic])
})
