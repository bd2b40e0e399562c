import { expect, test } from "vitest"
import { clockAt, systemClock } from "./clock.ts"
import { inTime } from "./in-time.ts"

test("work that ends in time is answered, and its sleep ends with it", async () => {
  let aborted = false
  const clock = {
    sleep: (_: number, signal?: AbortSignal) =>
      new Promise<void>((_, reject) =>
        signal?.addEventListener("abort", () => {
          aborted = true
          reject(signal.reason)
        }),
      ),
  }
  expect(await inTime({ clock, ms: 100 }, Promise.resolve("done"), () => "late")).toBe("done")
  expect(aborted).toBe(true)
})

test("work that fails in time fails", async () => {
  const failing = Promise.reject(new Error("no"))
  await expect(inTime({ clock: systemClock, ms: 100 }, failing, () => {})).rejects.toThrow("no")
})

test("what takes too long is answered for, and may fail later with nobody to tell", async () => {
  const clock = clockAt("2026-01-01T00:00:00Z")
  const work = Promise.withResolvers<string>()
  const answer = inTime({ clock, ms: 100 }, work.promise, () => "late")
  clock.advance(100)
  expect(await answer).toBe("late")
  work.reject(new Error("nobody listens"))
})
