import { openSync } from "node:fs"
import { makeLog } from "@vibecaas/kernel/log"
import { afterAll, beforeAll, expect, test } from "vitest"
import { done } from "./next.ts"
import { definition, leaseRow, makeWorld, type World } from "./testing/world.ts"

let world: World
beforeAll(async () => {
  world = await makeWorld()
})
afterAll(() => world.end())

test("turns that fail while the log cannot be written are taken again", async () => {
  const log = makeLog({ level: "debug", fd: openSync("/dev/full", "w") })
  let turns = 0
  const loop = definition(async (turn) => {
    turn.log.info({}, "begins")
    turns += 1
    if (turns <= 3) throw new Error("ENOSPC: no space left on device, write")
    return done
  })
  const { loops, wake } = await world.start(loop, { log })
  await wake("a")
  await expect
    .poll(() => leaseRow(world.pool, loop.name, "a"), { timeout: 10_000 })
    .toMatchObject({ rest: true, failures: 0 })
  expect(turns).toBe(4)
  expect(loops.silentMs()).toBeLessThan(5_000)
})
