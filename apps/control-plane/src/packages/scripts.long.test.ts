import type { IdOf } from "@vibecaas/contract/kinds"
import { packageScriptsMax } from "@vibecaas/contract/kinds/packages"
import { type PublicRegistry, publicRegistry } from "@vibecaas/registry/testing/public-registry"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { Ctx } from "../core/ctx.ts"
import { createOrganization, type SeededOrganization } from "../db/testing/seed.ts"
import { type TestDatabase, testDatabase } from "../db/testing/test-database.ts"
import { createProject } from "../projects/index.ts"
import { allowScript } from "./allow-script.ts"
import type { PackageFiles } from "./ecosystem.ts"
import { listScripts } from "./queries.ts"
import { anySignal, type PackageWorld, packageWorld } from "./testing/package-world.ts"

/** Writes what its script could see of the registry, and of the project. */
const make = `
const { writeFileSync, readdirSync } = require("node:fs")
fetch(process.env.npm_config_registry ?? "http://127.0.0.1/").then(() => "reached", () => "alone")
  .then((found) => writeFileSync("made.txt", found + " " + readdirSync("../..").sort().join()))
`

let db: TestDatabase
let org: SeededOrganization
let upstream: PublicRegistry
let world: PackageWorld
beforeAll(async () => {
  db = await testDatabase()
  org = await createOrganization(db, { plan: "team" })
  upstream = await publicRegistry()
  upstream.publish(
    { name: "plain", version: "1.0.0", dependencies: { making: "1", breaking: "1" } },
    {
      ...{ name: "making", version: "1.0.0", scripts: { postinstall: "node make.js" } },
      files: { "make.js": make },
    },
    {
      ...{ name: "breaking", version: "1.0.0" },
      scripts: { install: "echo no compiler here && exit 3" },
    },
  )
  const scriptsOf = (projectId: string) =>
    db.database.readOrganization(org.organizationId, (tx) =>
      listScripts(tx, projectId as IdOf<"project">),
    )
  world = await packageWorld(upstream.base, { scriptsOf })
})
afterAll(async () => {
  await world?.close()
  await upstream?.close()
  await db?.close()
})

const act = <T>(action: (ctx: Ctx) => Promise<T>) =>
  db.scope({ organizationId: org.organizationId, actor: org.actor }, action)
const newProject = async () =>
  (await act((ctx) => createProject(ctx, { name: "Shop", preview: "public" }))).id
const allow = (projectId: IdOf<"project">, name: string, allowed = true) =>
  act((ctx) => allowScript(ctx, { projectId, name, allowed }))

async function withPackages(projectId: string) {
  const change = { add: ["plain"], remove: [], dev: false, signal: anySignal, print: () => {} }
  return world.packages.change({ projectId, commit: null }, change)
}

async function made(projectId: string, files: PackageFiles) {
  const commit = await world.push(projectId, files)
  const of = { projectId, commit }
  await world.packages.prepare(of, anySignal)
  const guest = await world.machine()
  await world.packages.use(guest, { ...of, folder: "/workspace", built: true })
  const { stdout } = await guest.exec(["cat", "node_modules/making/made.txt"])
  return { of, text: String(stdout) }
}

test("a script runs for the project whose person allows it, without network and with the packages alone", async () => {
  const [mine, other] = [await newProject(), await newProject()]
  const { files, scripts } = await withPackages(mine)
  expect(scripts).toEqual(["breaking", "making"])
  expect((await made(mine, files)).text).toBe("")
  await allow(mine, "making")
  const { of, text } = await made(mine, files)
  expect(text).toBe("alone node_modules,package-lock.json,package.json")
  expect((await made(other, files)).text).toBe("")
  await allow(mine, "making", false)
  expect(await world.packages.look(of)).toEqual({ is: "ready" })
  expect((await made(mine, files)).text).toBe("")
})

test("a script that fails says so with its last words, and nothing becomes a layer", async () => {
  const projectId = await newProject()
  const { files } = await withPackages(projectId)
  await allow(projectId, "breaking")
  await expect(made(projectId, files)).rejects.toMatchObject({
    code: "packages_failed",
    say: expect.stringMatching(/script of breaking failed[\s\S]*no compiler here/),
  })
})

test("a permission is given once, taken back once, in the audit, and there are so many at most", async () => {
  const projectId = await newProject()
  for (const allowed of [true, true, false, false]) await allow(projectId, "making", allowed)
  const text =
    "select action, details->>'package' as package from audit_records where subject = $1 and action like 'package.%' order by number"
  const { rows } = await db.adminPool.query(text, [projectId])
  expect(rows).toEqual([
    { action: "package.allow_script", package: "making" },
    { action: "package.refuse_script", package: "making" },
  ])
  await db.adminPool.query(
    `insert into package_scripts (organization_id, project_id, name, allowed_by_name)
     select $1, $2, 'p' || n, 'Mara' from generate_series(1, $3::int) n`,
    [org.organizationId, projectId, packageScriptsMax],
  )
  await expect(allow(projectId, "making")).rejects.toMatchObject({ code: "quota_exceeded" })
})
