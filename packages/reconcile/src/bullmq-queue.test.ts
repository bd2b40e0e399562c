import { silentLog } from "@vibecaas/kernel/log"
import pg from "pg"
import { describe, expect, test, vi } from "vitest"
import { grantQueue, migrateQueue, postgresQueue, redisQueue } from "./bullmq-queue.ts"
import { queueSuite } from "./queue.suite.ts"
import { startTestPostgres } from "./testing/postgres.ts"
import { hasRedis, startTestRedis } from "./testing/redis.ts"
import { definition, gate, makeWorld } from "./testing/world.ts"

queueSuite("BullMQ on PostgreSQL", async () => {
  const world = await makeWorld()
  const { connectionString } = world.postgres
  return { make: () => postgresQueue({ connectionString, log: silentLog }), end: world.end }
})

test("a role without power works after its grants, and they may be given again", async () => {
  const postgres = await startTestPostgres()
  const admin = new pg.Client({ connectionString: postgres.connectionString })
  await admin.connect()
  await admin.query(
    "create role owner; create role queue login; grant create on database postgres to owner",
  )
  const prepare = async () => {
    await admin.query("set role owner")
    await migrateQueue(admin)
    await grantQueue(admin, "queue")
    await admin.query("reset role")
  }
  await prepare()
  const connectionString = postgres.connectionString.replace("postgres@", "queue@")
  const queue = postgresQueue({ connectionString, log: silentLog })
  const taken: string[] = []
  const handle = async (key: string) => void taken.push(key)
  const worker = queue.work({ loop: "things", concurrency: 1, log: silentLog, handle })
  await queue.offer("things", [{ key: "org/a", fence: "1" }])
  await vi.waitFor(() => expect(taken).toEqual(["org/a"]), { timeout: 10_000 })
  await prepare()
  await queue.offer("things", [{ key: "org/a", fence: "2" }])
  await vi.waitFor(() => expect(taken).toEqual(["org/a", "org/a"]), { timeout: 10_000 })
  await worker.close()
  await queue.close()
  await admin.end()
  await postgres.remove()
}, 30_000)

const redisIsHere = await hasRedis()

describe.skipIf(!redisIsHere)("where redis-server is installed", () => {
  queueSuite("BullMQ on Redis", async () => {
    const redis = await startTestRedis()
    return { make: () => redisQueue({ url: redis.url, log: silentLog }), end: redis.remove }
  })

  test("loops carry on when Redis was killed and came back empty", async () => {
    const world = await makeWorld()
    const redis = await startTestRedis()
    const turns = gate()
    const queue = redisQueue({ url: redis.url, log: silentLog })
    const { wake } = await world.start(definition(turns.reconcile), { queue })
    await wake("before")
    await vi.waitFor(() => expect(turns.running("before")).toBe(true), { timeout: 10_000 })
    await redis.stop()
    const woken = wake("during").catch(() => undefined)
    turns.finish("before")
    await redis.start()
    await vi.waitFor(() => expect(turns.running("during")).toBe(true), { timeout: 15_000 })
    turns.finish("during")
    await woken
    expect(turns.began).toEqual(["before", "during"])
    await world.end()
    await redis.remove()
  }, 40_000)
})
