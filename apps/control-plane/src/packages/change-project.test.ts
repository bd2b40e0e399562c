import type { IdOf } from "@vibecaas/contract/kinds"
import { silentLog } from "@vibecaas/kernel/log"
import { type PublicRegistry, publicRegistry } from "@vibecaas/registry/testing/public-registry"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { Ctx } from "../core/ctx.ts"
import { createOrganization, type SeededOrganization } from "../db/testing/seed.ts"
import { type TestDatabase, testDatabase } from "../db/testing/test-database.ts"
import { createProject, makeSaving } from "../projects/index.ts"
import { makeProjectChanges, type ProjectChanges } from "./change-project.ts"
import { listPackages } from "./list-packages.ts"
import { type PackageWorld, packageWorld } from "./testing/package-world.ts"

let db: TestDatabase
let org: SeededOrganization
let upstream: PublicRegistry
let world: PackageWorld
let changes: ProjectChanges
let projectId: IdOf<"project">

beforeAll(async () => {
  db = await testDatabase()
  org = await createOrganization(db, { plan: "team" })
  upstream = await publicRegistry()
  upstream.publish({ name: "one", version: "1.0.0", dependencies: { two: "2" } })
  upstream.publish({ name: "two", version: "2.0.0" })
  world = await packageWorld(upstream.base)
  const { clock, scope } = db
  const repositories = { of: world.read, remove: async () => {}, list: async () => [] }
  const parts = { clock, scope, log: silentLog, saving: makeSaving() }
  changes = makeProjectChanges({ ...parts, repositories, packages: world.packages })
  projectId = (await act((ctx) => createProject(ctx, { name: "Shop", preview: "public" }))).id
})
afterAll(async () => {
  changes?.close()
  await world?.close()
  await upstream?.close()
  await db?.close()
})

const act = <T>(action: (ctx: Ctx) => Promise<T>) =>
  db.scope({ organizationId: org.organizationId, actor: org.actor }, action)
const begin = (add: string[], remove: string[] = []) =>
  act((ctx) => changes.begin(ctx, { projectId, add, remove, dev: false }))
const ended = (state: "done" | "failed") =>
  expect.poll(() => changes.last(projectId)?.state, { timeout: 60_000 }).toBe(state)

test("a person adds and removes packages: one commit each, and one change at a time", async () => {
  expect(await begin(["one"])).toMatchObject({ state: "working", add: ["one"] })
  await expect(begin(["two"])).rejects.toMatchObject({ code: "wrong_state" })
  await ended("done")
  const repository = world.read(projectId)
  const [newest] = await repository.log({ limit: 1 })
  expect(newest).toMatchObject({ message: "Add one", author: org.actor.name })
  const read = async (path: string) =>
    String((await repository.read(newest?.id ?? "", path, 1e6))?.content)
  const files = { manifest: await read("package.json"), lock: await read("package-lock.json") }
  expect(listPackages(files, () => [])).toMatchObject({
    total: 2,
    items: [
      { name: "one", version: "1.0.0", wanted: "^1.0.0", licence: "MIT" },
      { name: "two", version: "2.0.0", wanted: null },
    ],
  })
  await begin([], ["one"])
  await ended("done")
  expect((await repository.log({ limit: 1 }))[0]?.message).toBe("Remove one")
})

test("a change that cannot be made says why and writes nothing", async () => {
  const before = await world.read(projectId).head()
  await begin(["missing"])
  await ended("failed")
  expect(changes.last(projectId)?.failure).toContain("no package missing")
  expect(await world.read(projectId).head()).toBe(before)
})
