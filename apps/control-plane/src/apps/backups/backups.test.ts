import { appendFile, readdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { text } from "node:stream/consumers"
import { backupsByItselfMax } from "@vibecaas/contract/backups"
import type { IdOf } from "@vibecaas/contract/kinds"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type MachineWorld, machineWorld } from "../testing/machine-world.ts"
import type { BackupRow } from "./backup.ts"
import { askForBackup, deleteBackup, restoreBackup } from "./change-backups.ts"
import { listBackups } from "./queries.ts"

const patient = { timeout: 20_000 }
let world: MachineWorld
beforeAll(async () => {
  world = await machineWorld()
})
afterAll(() => world?.close())

/** Keeps each note on a line of its own; a note `poison` keeps it from starting again. */
const notes = (version: string) => `
const http = require("node:http"), fs = require("node:fs"), path = require("node:path")
const file = path.join(process.env.DATA_DIR, "notes.txt")
fs.appendFileSync(file, "")
if (fs.readFileSync(file, "utf8").includes("poison")) process.exit(4)
http.createServer((req, res) => {
  if (req.method === "POST") req.on("data", (c) => fs.appendFileSync(file, c + "\\n")).on("end", () => res.end("kept"))
  else if (req.url === "/notes") res.end(fs.readFileSync(file))
  else res.end(${JSON.stringify(version)})
}).listen(process.env.PORT, process.env.HOST)
`

async function running(name: string) {
  const { id, slug } = await world.project(name)
  await world.run(id, await world.push(id, { "server.js": notes("one") }))
  return { id, slug }
}

const write = async (slug: string, body: string) =>
  expect((await world.get(slug, "/", { method: "POST", body })).body).toBe("kept")
const notesOf = async (slug: string) =>
  (await world.get(slug, "/notes")).body.split("\n").filter(Boolean)
const backupsOf = (id: IdOf<"project">) =>
  world.act((ctx) => listBackups(ctx.db, id, { limit: 50, before: undefined }))
const parts = () => ({ repositories: world.repositories })
const restore = (id: IdOf<"backup">) => world.act((ctx) => restoreBackup(ctx, parts(), id))

async function backUp(projectId: IdOf<"project">, note = ""): Promise<BackupRow> {
  const { id } = await world.act((ctx) => askForBackup(ctx, { projectId, note }))
  return untilBackup(projectId, id, { state: "kept" })
}

async function untilBackup(
  projectId: IdOf<"project">,
  id: IdOf<"backup">,
  seen: Partial<BackupRow>,
): Promise<BackupRow> {
  const find = async () => (await backupsOf(projectId)).find((row) => row.id === id)
  await expect.poll(find, patient).toMatchObject(seen)
  const row = await find()
  if (!row) throw new Error("the backup is gone")
  return row
}

const restored = (id: IdOf<"project">) =>
  expect
    .poll(async () => {
      const app = await world.app(id)
      return app && app.phase === "settled" && app.restoreDone === app.restoreAsked && app.state
    }, patient)
    .toBe("running")

const pathOf = ({ projectId, id }: BackupRow) =>
  join(world.folder, "snapshots", projectId, `${id}.tar`)

test("a backup that was asked for holds the data of its moment, and is counted and metered", async () => {
  const { id, slug } = await running("Kept")
  await write(slug, "milk")
  const row = await backUp(id, "Before the sale")
  await write(slug, "bread")
  expect(row).toMatchObject({
    reason: "asked",
    note: "Before the sale",
    createdByName: "Mara Halden",
  })
  const archive = await text(await world.snapshots.read(row))
  expect(archive).toContain("milk")
  expect(archive).not.toContain("bread")
  expect(row.bytes).toBe(archive.length)
  const reserved = await world.db.adminPool.query(
    "select amount::int from quota_reservations where resource = 'backup_mib' and subject = $1",
    [row.id],
  )
  expect(reserved.rows).toEqual([{ amount: 1 }])
  const metered = await world.db.adminPool.query(
    "select meter, quantity::int from usage_events where subject = $1",
    [row.id],
  )
  expect(metered.rows).toEqual([{ meter: "backup.bytes", quantity: row.bytes }])
})

test("a restore brings the data of then back, and the data of before it are a backup", async () => {
  const { id, slug } = await running("Restored")
  await write(slug, "milk")
  const before = await backUp(id)
  await write(slug, "bread")
  await restore(before.id)
  await restored(id)
  expect(await notesOf(slug)).toEqual(["milk"])
  const [newest] = await backupsOf(id)
  expect(newest).toMatchObject({ reason: "restore", state: "kept" })
  expect((await untilBackup(id, before.id, {})).restoredAt).not.toBeNull()
  if (newest) await restore(newest.id)
  await restored(id)
  expect(await notesOf(slug)).toEqual(["milk", "bread"])
})

test("data on which the app does not run are taken back, with why", async () => {
  const { id, slug } = await running("Poisoned")
  const clean = await backUp(id)
  await write(slug, "poison")
  const bad = await backUp(id)
  await restore(clean.id)
  await restored(id)
  await write(slug, "milk")
  await restore(bad.id)
  await restored(id)
  expect(await notesOf(slug)).toEqual(["milk"])
  const why = "It ended with exit code 4."
  expect(await untilBackup(id, bad.id, { restoreFailure: why })).toMatchObject({ restoredAt: null })
  expect((await world.app(id))?.failure).toBe(
    `The backup was not restored; the data are as they were before. ${why}`,
  )
  expect(await world.app(id)).toMatchObject({ commitRefused: null })
}, 30_000)

test("another version makes a backup first, and only the newest of these stay", async () => {
  const { id, slug } = await running("Versions")
  for (let version = 0; version < backupsByItselfMax + 2; version++) {
    await write(slug, `note ${version}`)
    await world.run(id, await world.push(id, { "server.js": notes(`version ${version}`) }))
    await world.until(id, { app: { phase: "settled", state: "running" } })
  }
  await expect
    .poll(async () => (await backupsOf(id)).map(({ reason }) => reason), patient)
    .toEqual(Array(backupsByItselfMax).fill("version"))
  const names = await readdir(join(world.folder, "snapshots", id))
  expect(names.sort()).toEqual((await backupsOf(id)).map((row) => `${row.id}.tar`).sort())
}, 60_000)

test("an archive that was changed on the disk is not restored", async () => {
  const { id, slug } = await running("Spoilt")
  await write(slug, "milk")
  const row = await backUp(id)
  await write(slug, "bread")
  await appendFile(pathOf(row), "spoilt")
  await restore(row.id)
  await restored(id)
  const why = "The backup's archive is not as it was written, so it was not used."
  expect(await untilBackup(id, row.id, { restoreFailure: why })).toMatchObject({ restoredAt: null })
  expect(await notesOf(slug)).toEqual(["milk", "bread"])
})

test("a backup that is restored is not deleted meanwhile; then it goes with its archive and its quota", async () => {
  const { id } = await running("Needed")
  const row = await backUp(id)
  await restore(row.id)
  await expect(world.act((ctx) => deleteBackup(ctx, row.id))).rejects.toMatchObject({
    code: "wrong_state",
  })
  await expect(restore(row.id)).rejects.toMatchObject({ code: "wrong_state" })
  await restored(id)
  await world.act((ctx) => deleteBackup(ctx, row.id))
  await expect.poll(async () => (await backupsOf(id)).some((one) => one.id === row.id)).toBe(false)
  await expect(world.snapshots.read(row)).rejects.toMatchObject({ code: "not_found" })
})

test("what nobody knows is removed beside the next backup, and a project's backups go with it", async () => {
  const { id } = await running("Gone")
  await backUp(id)
  const folder = join(world.folder, "snapshots", id)
  await writeFile(join(folder, "bak_unknown.tar"), "left by a server that died")
  await backUp(id)
  // Young files are left alone: their row may be about to be written.
  expect(await readdir(folder)).toContain("bak_unknown.tar")
  await world.remove({ id }, "Gone")
  await expect.poll(() => backupsOf(id), patient).toEqual([])
  expect(await readdir(folder)).toEqual(["bak_unknown.tar"])
}, 30_000)
