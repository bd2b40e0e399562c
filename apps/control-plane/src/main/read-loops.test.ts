import { loopStatus } from "@vibecaas/contract/kinds/platform"
import { fault } from "@vibecaas/kernel/fault"
import { definition, key, makeWorld } from "@vibecaas/reconcile/testing/world"
import { expect, test } from "vitest"
import { readLoops } from "./read-loops.ts"

test("a loop is shown with what it fails at, as the contract has it", async () => {
  const world = await makeWorld()
  const loop = definition(async () => {
    throw fault("unavailable", { say: "The engine is down.", retryable: true })
  })
  const { loops, wake } = await world.start(loop, { backoff: { delayMs: 600_000 } })
  await wake("a")
  await expect.poll(async () => (await readLoops(loops))[0]?.failing).toBe(1)
  const [shown] = await readLoops(loops)
  expect(loopStatus.parse(shown)).toEqual(shown)
  expect(shown).toMatchObject({
    name: loop.name,
    last: { ...key("a"), outcome: "retry" },
    turns: 1,
    failingLongest: [{ ...key("a"), fault: "unavailable: The engine is down.", gaveUp: false }],
  })
  await world.end()
})
