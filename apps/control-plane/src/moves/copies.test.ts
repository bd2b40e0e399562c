import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import type { IdOf } from "@vibecaas/contract/kinds"
import { afterAll, beforeAll, expect, test } from "vitest"
import { addMade } from "../apps/backups/keep-backup.ts"
import { findBackup } from "../apps/backups/queries.ts"
import { findOfProject } from "../apps/queries.ts"
import { configureApp, startApp } from "../apps/start-app.ts"
import { testMasterKey } from "../db/testing/seed.ts"
import { allowHost } from "../network/allow-host.ts"
import { listRules } from "../network/queries.ts"
import { commitFiles, createProject } from "../projects/index.ts"
import { addSecret } from "../secrets/add-secret.ts"
import { testVault } from "../secrets/testing/test-vault.ts"
import { findMove } from "./queries.ts"
import { type CopyRequest, startCopy } from "./start-copy.ts"
import { type MoveWorld, moveWorld } from "./testing/move-world.ts"

let folder: string
let world: MoveWorld

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "copies-"))
  world = await moveWorld(folder, async () => {
    throw new Error("copies leave the house by no way")
  })
})
afterAll(async () => {
  await world?.close()
  await rm(folder, { recursive: true, force: true })
})

/** A project with two versions and an app. */
async function source(variables: Record<string, string> = {}) {
  return world.act(async (ctx) => {
    const { id } = await createProject(ctx, { name: "Tulips", preview: "public" })
    const write = (content: string, kind?: "upload") =>
      commitFiles(ctx, world.parts, {
        ...{ projectId: id, message: content, parent: undefined },
        changes: [{ path: "server.js", content }],
        ...(kind ? { version: { kind, of: null } } : {}),
      })
    await write("one")
    const { id: commit } = await write("two", "upload")
    const app = await startApp(ctx, { projectId: id, commit, trust: "untrusted" })
    const set = { command: ["node", "server.js"], environment: variables }
    await configureApp(ctx, { appId: app.id, ifMatch: undefined, set })
    return { id, commit }
  })
}

async function copy(projectId: IdOf<"project">, wish: Partial<CopyRequest> = {}) {
  const asked = { name: "Roses", history: true, variables: true, data: false, projectId, ...wish }
  const { move, project } = await world.act((ctx) => startCopy(ctx, asked))
  await world.turn(move.id)
  const row = await world.act((ctx) => findMove(ctx.db, move.id))
  const app = await world.act((ctx) => findOfProject(ctx.db, project.id))
  const log = await world.parts.repositories.of(project.id).log({ limit: 9 })
  return { id: project.id, move: row, app, log: log.map(({ message }) => message) }
}

test("a copy has all versions, the app's command and variables, and an address of its own", async () => {
  const from = await source({ TITLE: "Tulips" })
  const made = await copy(from.id)
  expect(made.move).toMatchObject({ state: "done", leftOut: [] })
  expect(made.log).toEqual(["two", "one"])
  expect(made.app).toMatchObject({
    commitWanted: from.commit,
    command: ["node", "server.js"],
    environment: { TITLE: "Tulips" },
  })
  const text = "select kind from project_versions where project_id = $1"
  expect((await world.db.adminPool.query(text, [made.id])).rows).toEqual([{ kind: "upload" }])
})

test("a copy of the newest files has one version, and no variables where none are wanted", async () => {
  const from = await source({ TITLE: "Tulips" })
  const made = await copy(from.id, { history: false, variables: false })
  expect(made.log).toEqual(["Begin with the newest files of another project"])
  expect(made.app?.environment).toEqual({})
})

test("values of secrets are not copied, and all that a copy lacks is named", async () => {
  const from = await source({ KEY: "secret:SHARED", OWN: "secret:PASSWORD" })
  await world.act(async (ctx) => {
    const usual = { environment: "every", type: "text", note: "", expiresAt: null } as const
    const secret = { ...usual, projectId: from.id, name: "PASSWORD", value: "hunter22" }
    await addSecret(ctx, { masterKey: testMasterKey }, secret)
    const network = { vault: testVault, own: { domains: [], addresses: () => [] } }
    const rule = { projectId: from.id, port: 443, reason: "" }
    await allowHost(ctx, network, { ...rule, host: "plain.example.com", service: null })
    const service = { name: "mailer", header: "Authorization", value: "Bearer of news" }
    await allowHost(ctx, network, { ...rule, host: "mail.example.com", service })
  })
  const made = await copy(from.id)
  expect(made.move?.leftOut).toEqual([
    "The secret PASSWORD was not copied. Add it to this project.",
    "The variable KEY refers to a secret that is not here.",
    "The variable OWN refers to a secret that is not here.",
    "The service mailer was not copied, since it has a secret.",
  ])
  const rules = await world.act((ctx) => listRules(ctx.db, made.id))
  expect(rules.map(({ host }) => host)).toEqual(["plain.example.com"])
})

test("data come as they were kept last, and the copy's app begins with them", async () => {
  const from = await source()
  const id = world.db.newId("bak") as IdOf<"backup">
  const archive = { projectId: from.id, id }
  const written = await world.parts.snapshots.write(archive, Readable.from([Buffer.alloc(1024)]))
  await world.act(async (ctx) => {
    const { organizationId } = ctx
    const of = { organizationId, projectId: from.id, commit: from.commit }
    await addMade(ctx, of, { id, reason: "version", ...written })
  })
  const made = await copy(from.id, { data: true })
  expect(made.move).toMatchObject({ state: "done", leftOut: [] })
  expect(made.app).toMatchObject({ restoreAsked: 1 })
  const kept = await world.act((ctx) => findBackup(ctx.db, made.app?.restoreFrom as IdOf<"backup">))
  expect(kept).toMatchObject({ projectId: made.id, state: "kept", sha256: written.sha256 })
})

test("a copy whose server died half-way is done by the next turn, with its versions once", async () => {
  const from = await source()
  const asked = { name: "Again", history: true, variables: true, data: false, projectId: from.id }
  const { move, project } = await world.act((ctx) => startCopy(ctx, asked))
  await expect(world.turn(move.id, { diesAfter: 3 })).rejects.toThrow()
  await world.turn(move.id)
  expect(await world.act((ctx) => findMove(ctx.db, move.id))).toMatchObject({ state: "done" })
  expect(await world.parts.repositories.of(project.id).log({ limit: 9 })).toHaveLength(2)
})
