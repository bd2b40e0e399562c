import { silentLog } from "@vibecaas/kernel/log"
import { describe, expect, test, vi } from "vitest"
import { postgresQueue, redisQueue } from "./bullmq-queue.ts"
import { queueSuite } from "./queue.suite.ts"
import { hasRedis, startTestRedis } from "./testing/redis.ts"
import { definition, gate, makeWorld } from "./testing/world.ts"

queueSuite("BullMQ on PostgreSQL", async () => {
  const world = await makeWorld()
  const { connectionString } = world.postgres
  return { make: () => postgresQueue({ connectionString, log: silentLog }), end: world.end }
})

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
