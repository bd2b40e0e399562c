import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createClient } from "@redis/client"
import { clockAt } from "@vibecaas/kernel/clock"
import { silentLog } from "@vibecaas/kernel/log"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { type TestDatabase, testDatabase } from "../../db/testing/test-database.ts"
import { rateStoreInDatabase } from "./queries.ts"
import { rateStoreSuite } from "./rate-store.suite.ts"
import { rateStoreInRedis } from "./rate-store-in-redis.ts"
import { sharedRateLimiter } from "./shared-rate-limiter.ts"

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())

rateStoreSuite("PostgreSQL", () => rateStoreInDatabase(db.database))

const hasRedis = spawnSync("redis-server", ["--version"]).status === 0

describe.skipIf(!hasRedis)(`Redis${hasRedis ? "" : " [skipped: there is no redis-server]"}`, () => {
  let server: ChildProcess
  let folder: string
  let redis: ReturnType<typeof connect>
  const connect = () =>
    createClient({ socket: { path: join(folder, "redis.sock"), tls: false } }).on("error", () => {})
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "redis-"))
    const given = ["--port", "0", "--unixsocket", join(folder, "redis.sock"), "--save", ""]
    server = spawn("redis-server", [...given, "--dir", folder], { stdio: "ignore" })
    redis = connect()
    await redis.connect()
  })
  afterAll(async () => {
    redis.destroy()
    server.kill()
    await once(server, "exit")
    await rm(folder, { recursive: true, force: true })
  })
  rateStoreSuite("Redis", () => rateStoreInRedis(redis))
})

test("while the store is away each replica counts for itself, and together again once it is back", async () => {
  const clock = clockAt("2026-01-01T00:00:00Z")
  const real = rateStoreInDatabase(db.database)
  let away = true
  const asked: string[] = []
  const store = {
    count: (...given: Parameters<typeof real.count>) => {
      asked.push(given[0])
      return away ? Promise.reject(new Error("away")) : real.count(...given)
    },
    uncount: real.uncount,
  }
  const limiter = sharedRateLimiter({ store, clock, log: silentLog })
  const limit = { max: 3, windowSeconds: 60 }
  const taken = async () => (await limiter.take("during an outage", limit)).allowed
  expect([await taken(), await taken(), await taken(), await taken()]).toEqual([
    ...[true, true, true, false],
  ])
  expect(asked).toHaveLength(1)
  away = false
  clock.advance(5_000)
  expect(await taken()).toBe(true)
})

test("a flood of refused calls asks the store once", async () => {
  const clock = clockAt("2026-01-01T00:00:00Z")
  const real = rateStoreInDatabase(db.database)
  let counted = 0
  const store = {
    ...real,
    count: (...given: Parameters<typeof real.count>) => {
      counted += 1
      return real.count(...given)
    },
  }
  const limiter = sharedRateLimiter({ store, clock, log: silentLog })
  const limit = { max: 1, windowSeconds: 60 }
  for (let at = 0; at < 50; at++) await limiter.take("a flood", limit)
  expect(counted).toBe(2)
  clock.advance(60_000)
  expect((await limiter.take("a flood", limit)).resetSeconds).toBeGreaterThan(0)
})
