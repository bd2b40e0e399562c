import { expect, test } from "vitest"
import { clockAt, systemClock } from "./clock.ts"

test("a clock that stands still moves only when it is told to", () => {
  const clock = clockAt("2026-01-01T00:00:00Z")
  expect(clock.now().toISOString()).toBe("2026-01-01T00:00:00.000Z")
  clock.advance(90_000)
  expect(clock.now().toISOString()).toBe("2026-01-01T00:01:30.000Z")
})

test("sleepers wake when their time has come, and not before", async () => {
  const clock = clockAt("2026-01-01T00:00:00Z")
  const awake: string[] = []
  const asleep = [
    clock.sleep(100).then(() => awake.push("short")),
    clock.sleep(200).then(() => awake.push("long")),
  ]
  clock.advance(99)
  await Promise.resolve()
  expect(awake).toEqual([])
  clock.advance(1)
  await asleep[0]
  expect(awake).toEqual(["short"])
  clock.advance(1000)
  await asleep[1]
  expect(awake).toEqual(["short", "long"])
})

test.each([
  ["system", systemClock],
  ["manual", clockAt("2026-01-01T00:00:00Z")],
])(
  "on the %s clock a sleep ends with the reason when it is aborted, before or meanwhile",
  async (_, clock) => {
    const control = new AbortController()
    const asleep = clock.sleep(60_000, control.signal)
    control.abort(new Error("enough"))
    await expect(asleep).rejects.toThrow("enough")
    await expect(clock.sleep(60_000, control.signal)).rejects.toThrow("enough")
  },
)

test("a sleep on the system's clock leaves no listener at its signal", async () => {
  const { signal } = new AbortController()
  let listeners = 0
  const counting = Object.assign(signal, {
    addEventListener: () => {
      listeners++
    },
    removeEventListener: () => {
      listeners--
    },
  })
  await systemClock.sleep(1, counting)
  expect(listeners).toBe(0)
})
