import { clockAt } from "@vibecaas/kernel/clock"
import { fault } from "@vibecaas/kernel/fault"
import { silentLog } from "@vibecaas/kernel/log"
import { lockedFiles } from "@vibecaas/registry/testing/public-registry"
import { expect, test } from "vitest"
import type { Job } from "./jobs.ts"
import { makeWarming } from "./warm-starters.ts"

const filesOf = (texts: Readonly<Record<string, string>>) =>
  Object.entries(texts).map(([path, text]) => ({ path, content: Buffer.from(text) }))
const withPackages = (version: string, manifest: object = {}) =>
  filesOf({ "server.js": "", ...lockedFiles([{ name: "left", version }], manifest) })
const starters = [
  { id: "plain", files: filesOf({ "server.js": "" }) },
  { id: "one", files: withPackages("1.0.0", { scripts: { build: "vite build" } }) },
  { id: "two", files: withPackages("2.0.0") },
  { id: "elsewhere", files: filesOf({ "main.py": "", "requirements.in": "flask" }) },
]

/** Starters before machines that only note what they are asked for. */
function world(install: (starter: number) => Promise<void> = async () => {}) {
  const clock = clockAt("2026-01-01T00:00:00Z")
  const layers = new Set<string>()
  const begun: string[] = []
  let busy = false
  const job = (what: string, layer: string, work: Promise<void>): Job => {
    begun.push(what)
    const done = work.then(() => void layers.add(layer))
    return { doing: what, failure: undefined, log: () => "", done }
  }
  const warming = makeWarming({
    ...{ clock, log: silentLog, toolchains: { node: "v24" }, starters: async () => starters },
    busy: () => busy,
    there: async (layer) => layer === undefined || layers.has(layer),
    install: (_tenant, { plan }) => job("install", plan.layer, install(begun.length)),
    build: (_tenant, { plan }) => job("build", plan.layer, Promise.resolve()),
  })
  const run = () => warming.run(new AbortController().signal)
  return { clock, layers, begun, run, seen: warming.seen, isBusy: (it: boolean) => (busy = it) }
}

test("what starters need is made one after the other, and only once", async () => {
  const { run, seen, begun, layers } = world()
  expect(seen()).toMatchObject({ state: "off" })
  await run()
  expect(begun).toEqual(["install", "build", "install"])
  expect(seen()).toEqual({ state: "done", ready: 2, total: 2, doing: null, failed: [] })
  layers.delete([...layers].at(-1) ?? "")
  await run()
  expect(begun).toEqual(["install", "build", "install", "install"])
})

test("people go before starters", async () => {
  const { run, seen, begun, clock, isBusy } = world()
  isBusy(true)
  const ran = run()
  await expect.poll(() => seen().state).toBe("waiting")
  await clock.advance(60_000)
  expect(begun).toEqual([])
  isBusy(false)
  await clock.advance(60_000)
  await ran
  expect(begun.length).toBe(3)
})

test("a starter that cannot be made is told of and holds up no other, a registry that is away ends it for now", async () => {
  const broken = world(async (at) => {
    if (at === 0) throw fault("packages_failed", { say: "It does not compile." })
  })
  await broken.run()
  expect(broken.seen()).toMatchObject({
    ...{ state: "done", ready: 1, total: 2 },
    failed: [{ starter: "one", why: "It does not compile." }],
  })
  const away = world(async () => {
    throw fault("packages_failed", { say: "It cannot be reached.", retryable: true })
  })
  await away.run()
  expect(away.begun).toEqual(["install"])
  expect(away.seen().failed).toEqual([{ starter: "one", why: "It cannot be reached." }])
})
