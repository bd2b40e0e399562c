import { expect, test } from "vitest"
import { makeTurns } from "./turns.ts"

/** Actions that end when they are told to; `begun` has their names in order. */
function world(atOnce: number) {
  const turns = makeTurns(atOnce)
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  const settled = () => new Promise((resolve) => setImmediate(resolve))
  const ask = (tenant: string, name: string, signal = new AbortController().signal) => {
    const done = turns({ tenant, signal }, () => {
      begun.push(name)
      return new Promise<void>((resolve) => ends.set(name, resolve))
    })
    done.catch(() => {})
    return done
  }
  const end = async (...names: string[]) => {
    for (const name of names) {
      ends.get(name)?.()
      await settled()
    }
    return begun
  }
  return { turns, begun, ask, end, settled }
}

test("one tenant never has all places, so another one's work begins at once", async () => {
  const { ask, end, begun, settled } = world(3)
  for (const name of ["a1", "a2", "a3", "a4"]) ask("ann", name)
  await settled()
  expect(begun).toEqual(["a1", "a2"])
  ask("bob", "b1")
  expect(begun).toEqual(["a1", "a2", "b1"])
  expect(await end("b1")).toEqual(["a1", "a2", "b1"])
  expect(await end("a1", "a2")).toEqual(["a1", "a2", "b1", "a3", "a4"])
})

test("those who wait come by tenant in turn, however many one of them asks for", async () => {
  const { ask, end, settled } = world(2)
  ask("ann", "a1")
  ask("bob", "b1")
  for (const name of ["a2", "a3", "a4"]) ask("ann", name)
  ask("bob", "b2")
  ask("cleo", "c1")
  await settled()
  expect(await end("a1")).toEqual(["a1", "b1", "c1"])
  expect(await end("b1", "c1", "a2", "b2", "a3")).toEqual([
    "a1",
    "b1",
    "c1",
    "a2",
    "b2",
    "a3",
    "a4",
  ])
})

test("who no longer wants to wait leaves, and holds no place; an action that fails gives its place back", async () => {
  const { turns, ask, end, begun, settled } = world(2)
  const stop = new AbortController()
  ask("ann", "a1")
  const given = ask("ann", "a2", stop.signal)
  ask("ann", "a3")
  stop.abort(new Error("enough"))
  await expect(given).rejects.toThrow("enough")
  expect(await end("a1")).toEqual(["a1", "a3"])
  const signal = new AbortController().signal
  const fails = turns({ tenant: "bob", signal }, () => Promise.reject(new Error("no")))
  await expect(fails).rejects.toThrow("no")
  ask("bob", "b1")
  await settled()
  expect(begun).toEqual(["a1", "a3", "b1"])
})
