import { spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { record } from "../core/record.ts"
import { eraseFromAudit } from "../db/named-functions.ts"
import { createOrganization, type SeededOrganization } from "../db/testing/seed.ts"
import { type TestDatabase, testDatabase } from "../db/testing/test-database.ts"
import { asCsv, asJson, type Exported } from "./export-records.ts"
import { verifyChain } from "./verify-chain.ts"

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())

const verify = (org: SeededOrganization) => db.scope(org, verifyChain)
const write = (org: SeededOrganization, details: Record<string, unknown> = {}) =>
  db.scope(org, async (ctx) => record(ctx, { action: "project.create", subject: "prj_1", details }))
const countOf = async ({ organizationId }: SeededOrganization) =>
  (await newest(organizationId)) ?? 0
async function newest(organizationId: string): Promise<number | undefined> {
  const text = "select number::float8 as number from audit_heads where organization_id = $1"
  return (await db.adminPool.query(text, [organizationId])).rows[0]?.number
}

/** As somebody who owns the database could. */
async function tamper(change: string, values: unknown[]): Promise<void> {
  const client = await db.adminPool.connect()
  await client.query("set session_replication_role = replica")
  await client.query(change, values)
  await client.query("set session_replication_role = origin")
  client.release()
}

async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = ""
  for await (const piece of pieces) text += piece
  return text
}

const exported = (org: SeededOrganization): Exported =>
  ({
    ...{ scope: db.scope, organizationId: org.organizationId, actor: org.actor, filter: {} },
    signal: new AbortController().signal,
  }) as Exported

test("two servers that append at once and are killed leave a chain without gaps and forks", async () => {
  const org = await createOrganization(db)
  const program = join(import.meta.dirname, "testing/append-for-ever.ts")
  const servers = [0, 1].map(() =>
    spawn(process.execPath, [program, db.urls.app, org.organizationId], { stdio: "ignore" }),
  )
  await expect.poll(() => countOf(org), { timeout: 30_000 }).toBeGreaterThan(100)
  for (const server of servers) {
    server.kill("SIGKILL")
    await once(server, "exit")
  }
  await write(org)
  const seen = await verify(org)
  expect(seen).toMatchObject({ valid: true, broken: null })
  expect(seen.records).toBe(seen.head.number)
  // Each transaction wrote two, in their order, and this test one.
  const { rows } = await db.adminPool.query(
    `select count(*)::int as pairs from audit_records a join audit_records b
       on b.organization_id = a.organization_id and b.number = a.number + 1
     where a.organization_id = $1 and a.action = 'a.first' and b.action = 'a.second'`,
    [org.organizationId],
  )
  expect(rows[0].pairs * 2 + 1).toBe(seen.records)
}, 60_000)

test.each([
  [
    "changed",
    "update audit_records set subject = 'prj_2' where organization_id = $1 and number = 2",
    2,
  ],
  ["removed", "delete from audit_records where organization_id = $1 and number = 2", 3],
  ["cut off at the end", "delete from audit_records where organization_id = $1 and number = 4", 4],
])("a record that was %s is named", async (_, change, number) => {
  const org = await createOrganization(db)
  for (let at = 0; at < 4; at++) await write(org)
  expect(await verify(org)).toMatchObject({ valid: true, records: 4 })
  await tamper(change, [org.organizationId])
  expect(await verify(org)).toMatchObject({ valid: false, broken: { number } })
})

test("a person's words can be erased, and the chain stays whole", async () => {
  const org = await createOrganization(db)
  const other = { ...org, actor: { ...org.actor, id: "user_other", name: "Ines" } as never }
  await write(org, { about: "Mara's list" })
  await write(other, { about: "Ines's list" })
  expect(await eraseFromAudit(db.database, { userId: "user_other", address: "", names: [] })).toBe(
    1,
  )
  expect(await verify(org)).toMatchObject({ valid: true, records: 2, erased: 1 })
  const text = await textOf(asJson(exported(org)))
  expect(text).toContain("Mara's list")
  expect(text).not.toMatch(/Ines/)
  const attempt = db.database.inOrganization(org.organizationId, (tx) =>
    tx.query({ name: "forge", text: "update audit_records set actor_name = 'x'" }, []),
  )
  await expect(attempt).rejects.toThrow("permission denied")
})

/** How the offline check ends that reads an export. */
async function verifyFile(content: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "audit-"))
  const file = join(folder, "audit.jsonl")
  await writeFile(file, content)
  const program = join(import.meta.dirname, "verify-audit.ts")
  const { status, stdout } = spawnSync(process.execPath, [program, file], { encoding: "utf8" })
  await rm(folder, { recursive: true })
  return `${status} ${stdout.trim().split("\n").at(-1)}`
}

test("an export is checked offline: whole it is, and a changed or shortened one is not", async () => {
  const org = await createOrganization(db)
  for (let at = 0; at < 3; at++)
    await write(org, { about: `List ${at}`, nested: { b: [1.5], a: null } })
  const text = await textOf(asJson(exported(org)))
  expect(await verifyFile(text)).toMatch(/^0 The chain is whole/)
  expect(await verifyFile(text.replace("List 1", "List 9"))).toBe(
    "1 BROKEN at number 2: Its content was changed.",
  )
  const lines = text.split("\n")
  expect(await verifyFile(lines.toSpliced(1, 1).join("\n"))).toMatch(
    /^1 BROKEN at number 3: Records 2/,
  )
  expect(await verifyFile(lines.slice(0, 2).join("\n"))).toMatch(/^1 BROKEN: the file ends before/)
})

test("an export during which records are written is whole", async () => {
  const org = await createOrganization(db)
  await write(org)
  // Begun before what is exported, and committed while it is.
  const begun = Promise.withResolvers<void>()
  const exporting = Promise.withResolvers<void>()
  const late = db.scope(org, async (ctx) => {
    record(ctx, { action: "project.create", subject: "prj_1", details: {} })
    begun.resolve()
    await exporting.promise
  })
  await begun.promise
  await write(org)
  let text = ""
  for await (const piece of asJson(exported(org))) {
    text += piece
    exporting.resolve()
    await late
  }
  expect(await verifyFile(text)).toMatch(/^0 The chain is whole/)
  expect(text.split("\n").filter(Boolean)).toHaveLength(3)
})

test("for spreadsheets each record is a line, and nothing in it is a formula", async () => {
  const org = await createOrganization(db)
  const forged = { ...org, actor: { ...org.actor, name: '=HYPERLINK("x"), "y"' } as never }
  await write(forged, { about: "a\nb" })
  const [head, row] = (await textOf(asCsv(exported(org)))).split("\r\n")
  expect(head).toBe("time,action,by,name,actor,subject,project,address,request,details,number,hash")
  expect(row).toContain(`,"'=HYPERLINK(""x""), ""y""",`)
  expect(row).toContain('"{""about"":""a\\nb""}",1,')
})
