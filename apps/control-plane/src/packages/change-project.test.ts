import type { IdOf } from "@vibecaas/contract/kinds"
import { silentLog } from "@vibecaas/kernel/log"
import { type PublicRegistry, publicRegistry } from "@vibecaas/registry/testing/public-registry"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { Ctx } from "../core/ctx.ts"
import { createOrganization, type SeededOrganization } from "../db/testing/seed.ts"
import { type TestDatabase, testDatabase } from "../db/testing/test-database.ts"
import { createProject, makeSaving } from "../projects/index.ts"
import { type ChangesParts, makeProjectChanges, type ProjectChanges } from "./change-project.ts"
import { usedBy } from "./ecosystems.ts"
import { listedIn, listPackages } from "./list-packages.ts"
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
  changes = changesWith(world.packages)
  projectId = (await act((ctx) => createProject(ctx, { name: "Shop", preview: "public" }))).id
})
afterAll(async () => {
  changes?.close()
  await world?.close()
  await upstream?.close()
  await db?.close()
})

function changesWith(packages: ChangesParts["packages"]): ProjectChanges {
  const { clock, scope } = db
  const unused = () => Promise.reject(new Error("not in this test"))
  const repositories = {
    ...{ of: world.read, remove: async () => {}, list: async () => [] },
    ...{ serve: unused, receive: unused, tidy: unused, bring: unused, copy: unused },
  }
  const parts = { clock, scope, log: silentLog, saving: makeSaving() }
  return makeProjectChanges({ ...parts, repositories, packages })
}
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
  const listed = listedIn(await usedBy(repository, newest?.id ?? ""))
  expect(listPackages(listed, () => [])).toMatchObject({
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

test("what somebody commits first into an empty project meanwhile stays, and the change is made on it", async () => {
  const { id } = await act((ctx) => createProject(ctx, { name: "New", preview: "public" }))
  const manifest = JSON.stringify({ name: "theirs", dependencies: { two: "2.0.0" } })
  const seen: (string | null)[] = []
  const racing = changesWith({
    async change(of, how) {
      const changed = await world.packages.change(of, how)
      seen.push(of.commit)
      if (seen.length === 1) await world.push(id, { "package.json": manifest })
      return changed
    },
  })
  await act((ctx) => racing.begin(ctx, { projectId: id, add: ["one"], remove: [], dev: false }))
  await expect.poll(() => racing.last(id)?.state, { timeout: 60_000 }).toBe("done")
  racing.close()
  const repository = world.read(id)
  const [newest, first] = await repository.log({ limit: 2 })
  expect(seen).toEqual([null, first?.id])
  const file = await repository.read(newest?.id ?? "", "package.json", 1e6)
  expect(JSON.parse(String(file?.content))).toMatchObject({
    name: "theirs",
    dependencies: { one: "^1.0.0", two: "2.0.0" },
  })
})
