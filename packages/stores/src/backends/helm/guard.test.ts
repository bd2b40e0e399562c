import { expect, test } from "vitest"
import { simulatorEngine } from "../../engines/simulator/engine.ts"
import { anyEngine } from "../../engines.ts"
import type { Release } from "../../release.ts"
import { releaseFor } from "../../suite/world.suite.ts"
import { chartValues } from "./chart-values.ts"
import { guardOf } from "./guard.ts"
import { namespaceOf } from "./names.ts"
import { placeOf } from "./place.ts"
import { again, describe, revisionsOf } from "./revisions.ts"

const engine = anyEngine(simulatorEngine)
const world = { engine, values: {}, versions: { from: "1.0.0", to: "2.0.0" } }
const settings = { prefix: "shops", gateways: ["10.0.0.0/16"] }
const guardFor = (release: Release) => guardOf(settings, { release, engine })
const kinds = (release: Release) =>
  guardFor(release).objects.map(({ kind, metadata }) => `${kind} ${metadata?.name}`)

test("a store's namespace is guarded before any pod: limits, a quota, and policies that deny by default", () => {
  expect(kinds(releaseFor(world))).toEqual([
    ...["LimitRange store", "ResourceQuota store"],
    ...["NetworkPolicy default-deny", "NetworkPolicy names", "NetworkPolicy gateways"],
  ])
  const { labels } = guardFor(releaseFor(world)).namespace.metadata ?? {}
  expect(labels).toMatchObject({ "pod-security.kubernetes.io/enforce": "restricted" })
})

test("another plan is another guard, another name is not", () => {
  const release = releaseFor(world)
  const digest = (more: Partial<Release>) => guardFor({ ...release, ...more }).digest
  expect(digest({ name: "Other" })).toBe(digest({}))
  expect(digest({ plan: "premium" })).not.toBe(digest({}))
})

test("a store that nobody may visit is let in by nobody", () => {
  const guard = guardOf({ prefix: "shops", gateways: [] }, { release: releaseFor(world), engine })
  const policy = guard.objects.find(({ metadata }) => metadata?.name === "gateways")
  expect(policy).toMatchObject({ spec: { ingress: [] } })
})

test("names of namespaces are names of hosts, whatever the prefix", () => {
  const name = namespaceOf("a".repeat(36), releaseFor(world).storeId)
  expect(name).toMatch(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/)
})

test("no secret of a release is among the values that Helm keeps", () => {
  const release = releaseFor(world)
  const placed = placeOf(engine, release)
  const values = chartValues({ image: "r/{engine}:{version}" }, { placed, release, revision: 3 })
  const text = JSON.stringify(values)
  for (const secret of Object.values(release.secrets)) expect(text).not.toContain(secret)
  expect(values).toMatchObject({
    ...{ image: "r/simulator:1.0.0", store: { revision: "3" } },
    processes: { shop: { port: 8080, existingSecret: "env-shop" } },
  })
})

test("Helm's revisions are told as a store's: what only started again is none", () => {
  const release = releaseFor(world)
  const at = "2026-01-01T00:00:00.000Z"
  const told = (
    revision: number,
    status: "superseded" | "deployed" | "failed",
    description: string,
  ) => ({ revision, at, status, description })
  const newer = { ...release, version: "2.0.0" }
  const revisions = revisionsOf([
    told(1, "superseded", describe("Installed", release)),
    told(2, "superseded", describe(again, release)),
    told(3, "failed", 'Upgrade "store" failed: timed out'),
    told(4, "deployed", describe("Changed from 1.0.0 to 2.0.0", newer)),
  ])
  expect(revisions).toMatchObject([
    { number: 4, version: "2.0.0", state: "running", about: "Changed from 1.0.0 to 2.0.0" },
    { number: 1, version: "1.0.0", state: "superseded", about: "Installed", engine: "simulator" },
  ])
})
