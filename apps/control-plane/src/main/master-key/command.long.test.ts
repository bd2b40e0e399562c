import { type ChildProcess, spawn } from "node:child_process"
import { randomBytes } from "node:crypto"
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { systemClock } from "@vibecaas/kernel/clock"
import { makeNewId } from "@vibecaas/kernel/id"
import { masterKey, newDataKey } from "@vibecaas/kernel/seal"
import pg from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { makeDatabase } from "../../db/database.ts"
import { prepareDatabase } from "../../db/prepare.ts"
import { startBareCluster, type TestCluster } from "../../db/testing/test-cluster.ts"
import { verify } from "./verify.ts"

let cluster: TestCluster
let admin: pg.Pool
let app: pg.Pool
let data: string
const present = randomBytes(32).toString("hex")
const organizations = 400

beforeAll(async () => {
  cluster = await startBareCluster()
  data = await mkdtemp(join(tmpdir(), "vc-master-key-"))
  await mkdir(join(data, "secrets"), { mode: 0o700 })
  const secret = () => randomBytes(32).toString("hex")
  const passwords = { app: secret(), auth: secret(), queue: secret() }
  await keep("master.key", present)
  for (const [name, password] of Object.entries(passwords))
    await keep(`database-${name}.key`, password)
  const urls = await prepareDatabase(cluster.adminUrl, { passwords })
  admin = new pg.Pool({ connectionString: cluster.adminUrl, max: 1 })
  app = new pg.Pool({ connectionString: urls.app, max: 1 })
  await fill()
}, 120_000)
afterAll(async () => {
  await Promise.all([admin?.end(), app?.end()])
  await cluster?.remove()
  await rm(data, { recursive: true, force: true })
})

const keep = (name: string, hex: string) =>
  writeFile(join(data, "secrets", name), `${hex}\n`, { mode: 0o600 })
const keyIn = (hex: string) => masterKey(Buffer.from(hex, "hex"))
const keptKey = async (name = "master.key") =>
  keyIn((await readFile(join(data, "secrets", name), "utf8")).trim())

async function fill(): Promise<void> {
  const newId = makeNewId(systemClock)
  for (let n = 0; n < organizations; n += 1) {
    const id = newId("org")
    await admin.query(
      "insert into organizations (id, name, slug, data_key) values ($1, 'Many', $1, $2)",
      [id, newDataKey(keyIn(present), id)],
    )
  }
}

function begin(...options: string[]): ChildProcess {
  const program = resolve(import.meta.dirname, "../rotate-master-key.ts")
  const { PATH = "" } = process.env
  return spawn(process.execPath, [program, ...options], {
    env: { PATH, VIBECAAS_DATA: data, DATABASE_URL: cluster.adminUrl },
  })
}

async function end(child: ChildProcess): Promise<{ code: number | null; said: string }> {
  let said = ""
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk) => {
      said += chunk
    })
  const code = await new Promise<number | null>((done) => child.once("close", done))
  return { code, said }
}

/** Nobody else may be connected while the database is copied. */
async function alone<T>(action: () => Promise<T>): Promise<T> {
  await Promise.all([admin.end(), app.end()])
  const answer = await action()
  admin = new pg.Pool({ connectionString: cluster.adminUrl, max: 1 })
  const url = new URL(cluster.adminUrl)
  url.username = "vibecaas_app"
  url.password = (await readFile(join(data, "secrets", "database-app.key"), "utf8")).trim()
  app = new pg.Pool({ connectionString: url.href, max: 1 })
  return answer
}

const wrappedBy = async (id: string) => {
  const text =
    "select count(*)::int as n from organizations where split_part(data_key, '.', 2) = $1"
  return (await admin.query<{ n: number }>(text, [id])).rows[0]?.n
}

test("a drill does all of it on a copy and leaves nothing behind", async () => {
  const { code, said } = await alone(() => end(begin("--drill")))
  expect(said).toContain(`${organizations} organizations in`)
  expect(said).toContain("all open")
  expect(code).toBe(0)
  expect(await keptKey()).toEqual(keyIn(present))
  expect(await wrappedBy(keyIn(present).id)).toBe(organizations)
  const { rows } = await admin.query("select datname from pg_database where datname like '%drill%'")
  expect(rows).toEqual([])
  expect(await readdir(join(data, "secrets"))).not.toContain("master.key.next")
})

test("killed half-way it has lost nothing, and run again it goes on to the end", async () => {
  const child = begin()
  const killed = end(child)
  child.stdout?.on("data", (chunk) => {
    if (String(chunk).includes("  25 of")) child.kill("SIGKILL")
  })
  expect((await killed).code).toBe(null)
  const next = await keptKey("master.key.next")
  const [before, after] = [await wrappedBy(keyIn(present).id), await wrappedBy(next.id)]
  expect(before).toBeGreaterThan(0)
  expect(after).toBeGreaterThanOrEqual(25)
  expect((before ?? 0) + (after ?? 0)).toBe(organizations)
  expect(await keptKey()).toEqual(keyIn(present))
  expect(await end(begin("--drill"))).toMatchObject({
    ...{ code: 1, said: expect.stringContaining("is being changed") },
  })

  const { code, said } = await end(begin())
  expect(said).toContain(`0 of ${before} organizations`)
  expect(code).toBe(0)
  expect(await keptKey()).toEqual(next)
  expect(await keptKey(`master.key.${keyIn(present).id}`)).toEqual(keyIn(present))
  expect(await verify(makeDatabase(app), next)).toMatchObject({ organizations, broken: [] })
})

test("an operator's own key is changed for another file of theirs", async () => {
  const [mine, coming] = [join(data, "mine.key"), join(data, "coming.key")]
  await writeFile(mine, await readFile(join(data, "secrets", "master.key")))
  await writeFile(coming, randomBytes(32).toString("base64"))
  const { PATH = "" } = process.env
  const asOperator = (...options: string[]) =>
    spawn(process.execPath, [resolve(import.meta.dirname, "../rotate-master-key.ts"), ...options], {
      env: {
        ...{ PATH, VIBECAAS_DATA: data, DATABASE_URL: cluster.adminUrl },
        VIBECAAS_MASTER_KEY_FILE: mine,
      },
    })
  expect(await end(asOperator())).toMatchObject({
    ...{ code: 1, said: expect.stringContaining("--new-key-file FILE") },
  })
  expect(await end(asOperator("--new-key-file", coming))).toMatchObject({
    ...{ code: 0, said: expect.stringContaining(`VIBECAAS_MASTER_KEY_FILE=${coming}`) },
  })
})
