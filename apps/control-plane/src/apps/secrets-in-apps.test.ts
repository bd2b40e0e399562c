import { afterAll, beforeAll, expect, test } from "vitest"
import { testMasterKey } from "../db/testing/seed.ts"
import { addSecret, setValue } from "../secrets/testing/deeds.ts"
import { secrets } from "../secrets/testing/test-secrets.ts"
import { configureApp } from "./start-app.ts"
import { type MachineWorld, machineWorld } from "./testing/machine-world.ts"

let world: MachineWorld
beforeAll(async () => {
  world = await machineWorld()
}, 60_000)
afterAll(() => world.close())

const parts = { masterKey: testMasterKey }
const canary = "canary-4f1c9a72-of-the-vault"
const next = "canary-8b0d3e55-of-the-vault"

/** Shows what it was given to visitors, and prints it as careless programs do. */
const careless = `
const { KEY, RENAMED, FOR_DRAFTS } = process.env
console.log("starting with", KEY, Buffer.from(KEY ?? "").toString("base64"))
require("node:http").createServer((req, res) => res.end([KEY, RENAMED, FOR_DRAFTS].join(" "))).listen(process.env.PORT)
`

/** Everything that the database has, in clear. */
async function wholeDatabase(): Promise<string> {
  const { rows } = await world.db.adminPool.query<{ name: string }>(
    "select c.oid::regclass::text as name from pg_class c where c.relkind = 'r' and c.relnamespace::regnamespace::text in ('public', 'auth')",
  )
  const texts = await Promise.all(
    rows.map(({ name }) => world.db.adminPool.query(`select t::text as row from ${name} t`)),
  )
  return texts.flatMap((each) => each.rows.map(({ row }) => row)).join("\n")
}

test("an app has its secrets, is restarted when one changes, and what it prints of them is in no log and no row", async () => {
  const { id, slug } = await world.project("Careful")
  const key = await world.act((ctx) =>
    addSecret(ctx, parts, { projectId: id, name: "KEY", value: canary }),
  )
  await world.act((ctx) =>
    addSecret(ctx, parts, {
      projectId: id,
      name: "FOR_DRAFTS",
      environment: "development",
      value: "not here",
    }),
  )
  await world.run(id, await world.push(id, { "server.js": careless }))
  expect((await world.get(slug)).body).toBe(`${canary}  `)
  const before = await world.app(id)
  const log = await world.log(id)
  expect(log).toContain("starting with [secret KEY] [secret KEY]")

  await world.act((ctx) => setValue(ctx, parts, { secretId: key.id, value: next }))
  await expect.poll(async () => (await world.get(slug)).body, { timeout: 20_000 }).toBe(`${next}  `)
  const appId = before?.id ?? "app_"
  const set = { environment: { RENAMED: "secret:KEY" } }
  await world.act((ctx) => configureApp(ctx, { appId, ifMatch: undefined, set }))
  const whole = `${next} ${next} `
  await expect.poll(async () => (await world.get(slug)).body, { timeout: 20_000 }).toBe(whole)

  const { rows } = await world.db.adminPool.query(
    "select details from audit_records where action = 'app.restart' and subject = $1",
    [appId],
  )
  expect(rows).toMatchObject([
    { details: { because: "its secrets changed" } },
    { details: { because: "its secrets changed" } },
  ])
  const uses = await world.db.adminPool.query(
    "select variable, version from secret_uses where app_id = $1 order by variable",
    [appId],
  )
  expect(uses.rows).toEqual([
    { variable: "KEY", version: 2 },
    { variable: "RENAMED", version: 2 },
  ])
  // The value before stands in the log still, and is covered as long as it is kept.
  const told = [await wholeDatabase(), await world.log(id)].join("\n")
  for (const value of [canary, next]) {
    expect(told).not.toContain(value)
    expect(told).not.toContain(Buffer.from(value).toString("base64"))
  }
}, 90_000)

test("what agents read of a draft has none of its project's values, however it prints them", async () => {
  const { id } = await world.project("Drafted")
  await world.act((ctx) => addSecret(ctx, parts, { projectId: id, name: "KEY", value: canary }))
  const commit = await world.push(id, {
    "server.js": careless,
    "print.js": "console.log(process.argv)",
  })
  const signal = new AbortController().signal
  const { organizationId } = world.org
  const session = await world.server.apps.sessions.session({
    ...{ organizationId, projectId: id, draftOf: world.db.newId("run"), trust: "untrusted" },
    signal,
  } as never)
  expect(await session.startApp(commit)).toMatchObject({ running: true })
  await session.checkout(commit)
  const seen = [
    await session.appLog(65_536),
    (await session.fetchPage({ method: "GET", path: "/", timeoutMs: 10_000 })).body,
    (await session.run(["node", "print.js", canary], { timeoutMs: 20_000, signal })).stdout,
  ]
  for (const text of seen) {
    expect(text).toContain("[secret KEY]")
    expect(text).not.toContain(canary)
  }
}, 90_000)

test("an app that refers to what is not there says so, and starts once it is", async () => {
  const { id, slug } = await world.project("Waiting")
  await world.run(id, await world.push(id, { "server.js": careless }))
  const appId = (await world.app(id))?.id ?? "app_"
  const set = { environment: { KEY: "secret:LATER" } }
  await world.act((ctx) => configureApp(ctx, { appId, ifMatch: undefined, set }))
  const failure = expect.stringContaining("The variable KEY is secret:LATER")
  await world.until(id, { app: { state: "crashed", failure } })
  await world.act((ctx) => addSecret(ctx, parts, { projectId: id, name: "LATER", value: next }))
  await expect.poll(async () => (await world.get(slug)).body, { timeout: 20_000 }).toContain(next)
  const mask = await world.act((ctx) => secrets.mask(ctx, id))
  expect(mask(`it is ${next}`)).toBe("it is [secret LATER]")
}, 90_000)
