import { systemClock } from "@vibecaas/kernel/clock"
import { fault } from "@vibecaas/kernel/fault"
import { expect, test } from "vitest"
import { tryAgain } from "./try-again.ts"

const away = (retryable = true) =>
  fault("packages_failed", { say: "The registry is away.\nnpm says E502", retryable })

/** A clock whose waits are told and are over at once. */
function world() {
  const waited: number[] = []
  const told: string[] = []
  const stop = new AbortController()
  const clock = {
    ...systemClock,
    sleep: async (ms: number) => {
      stop.signal.throwIfAborted()
      waited.push(ms / 1000)
    },
  }
  const around = { clock, signal: stop.signal, tell: (doing: string) => void told.push(doing) }
  return { waited, told, stop, around }
}

test("what passes by itself is tried again, ever later, and people can read why", async () => {
  const { waited, told, around } = world()
  let tries = 0
  await tryAgain(around, async () => {
    if (++tries < 4) throw away()
  })
  expect(waited).toEqual([2, 4, 8])
  expect(told[0]).toBe("The registry is away. It is tried again after 2 seconds.")
})

test("what never passes is told after a quarter of an hour, and what does not pass at once", async () => {
  const { waited, around } = world()
  await expect(tryAgain(around, () => Promise.reject(away()))).rejects.toThrow("away")
  expect(waited.reduce((sum, each) => sum + each)).toBeGreaterThan(800)
  expect(waited).toHaveLength(9)
  await expect(tryAgain(around, () => Promise.reject(away(false)))).rejects.toThrow("away")
  expect(waited).toHaveLength(9)
})

test("who ends it meanwhile does not wait", async () => {
  const { stop, around } = world()
  const ended = tryAgain(around, async () => {
    stop.abort(new Error("the server ends"))
    throw away()
  })
  await expect(ended).rejects.toThrow("the server ends")
})
