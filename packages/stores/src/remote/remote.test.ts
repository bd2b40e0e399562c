import type { Channel } from "@vibecaas/kernel/calls"
import { fault } from "@vibecaas/kernel/fault"
import { silentLog } from "@vibecaas/kernel/log"
import { expect, test } from "vitest"
import type { StoreSeen } from "../backend.ts"
import type { ReachableBackend } from "../reachable.ts"
import type { Release } from "../release.ts"
import { remoteBackend } from "./remote-backend.ts"
import { serveBackend } from "./serve-backend.ts"

const storeId = `sto_${"a".repeat(26)}`
const seen: StoreSeen = {
  ...{ storeId, exists: true, processes: [], drift: [], isolation: "Bubblewrap." },
  datastore: { state: "ready", fromTemplate: false },
}
const release: Release = {
  ...{ storeId, engine: "simulator", version: "1.0.0", name: "Mugs", values: {}, plan: "basic" },
  ...{ secrets: {}, url: "http://a.test", adminUrl: "http://b.test", verbose: false },
}

/** Two ends that hear each other as two processes do: what crosses is JSON. */
function channelPair() {
  const listeners = [new Set<(message: unknown) => void>(), new Set<(message: unknown) => void>()]
  const closers: (() => void)[] = []
  const end = (own: 0 | 1): Channel => ({
    send: (message) => {
      const text = JSON.stringify(message)
      queueMicrotask(() => {
        for (const hear of listeners[1 - own] ?? []) hear(JSON.parse(text))
      })
    },
    onMessage(listener) {
      listeners[own]?.add(listener)
      return () => void listeners[own]?.delete(listener)
    },
    onClose: (listener) => void closers.push(listener),
  })
  const close = () => {
    for (const closed of closers) closed()
  }
  return { ends: [end(0), end(1)] as const, close }
}

/** A backend of which only some verbs are there; `calls` has what reached it. */
function served(verbs: Partial<ReachableBackend>) {
  const { ends, close } = channelPair()
  const told = new Set<(storeId: string) => void>()
  const hear: ReachableBackend["hear"] = (listener) => {
    told.add(listener)
    return () => void told.delete(listener)
  }
  // Verbs that are not there are not asked for.
  const stop = serveBackend({ hear, ...verbs } as ReachableBackend, ends[0], silentLog)
  return { backend: remoteBackend(ends[1]), far: ends[1], told, stop, close }
}

test("a release crosses whole, and what is seen comes back", async () => {
  const given: unknown[] = []
  const { backend } = served({
    ensure: async (...asked) => {
      given.push(asked)
      return seen
    },
    look: async (...asked) => {
      given.push(asked)
      return seen
    },
  })
  expect(await backend.ensure(release, "running")).toEqual(seen)
  expect(await backend.look(storeId)).toEqual(seen)
  await backend.look(storeId, { usage: true })
  expect(given).toEqual([[release, "running"], [storeId], [storeId, { usage: true }]])
})

test("a call that says more than its verb takes never reaches the backend", async () => {
  let reached = 0
  const { backend, far } = served({
    ensure: async () => {
      reached += 1
      return seen
    },
  })
  const withProgram = { ...release, argv: ["/bin/sh"] }
  await expect(backend.ensure(withProgram, "running")).rejects.toMatchObject({ code: "invalid" })
  const elsewhere = { ...release, storeId: "../../etc" }
  await expect(backend.ensure(elsewhere, "running")).rejects.toMatchObject({ code: "invalid" })
  far.send({ storeCall: 99, verb: "constructor", asks: [] })
  far.send({ storeCall: 100, verb: "close", asks: [] })
  await new Promise((resolve) => setImmediate(resolve))
  expect(reached).toBe(0)
})

test("a fault crosses with its code, sentence and fields; anything else as no more than trouble", async () => {
  const fields = { "/values/currency": "Use USD, EUR or GBP." }
  const { backend } = served({
    ensure: () => Promise.reject(fault("invalid", { say: "No.", fields })),
    list: () => Promise.reject(new Error("password hunter2")),
  })
  await expect(backend.ensure(release, "none")).rejects.toMatchObject({ say: "No.", fields })
  await expect(backend.list()).rejects.toMatchObject({
    code: "driver_failed",
    say: expect.not.stringContaining("hunter2"),
  })
})

test("news of a store reach who hears, until they no longer do", async () => {
  const { backend, told } = served({})
  const heard: string[] = []
  const end = backend.hear((id) => heard.push(id))
  for (const tell of told) tell(storeId)
  await new Promise((resolve) => setImmediate(resolve))
  end()
  for (const tell of told) tell(storeId)
  await new Promise((resolve) => setImmediate(resolve))
  expect(heard).toEqual([storeId])
})

test("a launcher that ends leaves nobody waiting", async () => {
  const { backend, close } = served({ list: () => new Promise(() => {}) })
  const asked = backend.list()
  close()
  await expect(asked).rejects.toMatchObject({ code: "launcher_gone" })
  await expect(backend.list()).rejects.toMatchObject({ code: "launcher_gone" })
})
