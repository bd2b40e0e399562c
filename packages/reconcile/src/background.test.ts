import { clockAt, systemClock } from "@vibecaas/kernel/clock"
import { silentLog } from "@vibecaas/kernel/log"
import { expect, test } from "vitest"
import { repeat } from "./background.ts"
import { recordingLog } from "./testing/recording-log.ts"

test("a round that throws is told and costs that round only", async () => {
  const { log, lines } = recordingLog()
  let rounds = 0
  const background = repeat({ clock: systemClock, log }, 1, async () => {
    rounds += 1
    if (rounds < 3) throw new Error("ENOSPC: no space left on device, write")
  })
  await expect.poll(() => rounds).toBeGreaterThan(5)
  await background.stop()
  expect(lines).toEqual(["warn: best effort failed", "warn: best effort failed"])
})

test("a round that hangs shows as silence", async () => {
  const clock = clockAt("2026-01-01T00:00:00Z")
  const hanging = Promise.withResolvers<void>()
  const background = repeat({ clock, log: silentLog }, 1_000, () => hanging.promise)
  clock.advance(60_000)
  expect(background.silentMs()).toBe(60_000)
  hanging.resolve()
  await expect.poll(background.silentMs).toBe(0)
  await background.stop()
})
