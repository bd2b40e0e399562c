import { request } from "node:http"
import type { IdOf } from "@vibecaas/contract/kinds"
import { afterAll, beforeAll, expect, test } from "vitest"
import { draftsOfProject } from "../machines/index.ts"
import { commitFiles, makeSaving } from "../projects/index.ts"
import type { AppRow } from "./app.ts"
import { findOnMachine } from "./queries.ts"
import { notesApp } from "./testing/apps.ts"
import { get } from "./testing/http-get.ts"
import { type MachineWorld, machineWorld, type Server } from "./testing/machine-world.ts"
import { openDraft } from "./testing/sign-in.ts"

let world: MachineWorld
/** the draft of an app without a dev server, and of one with it */
let plain: Draft
let dev: Draft
beforeAll(async () => {
  world = await machineWorld()
  plain = await draftOf("Plain", { "server.js": page("First") })
  dev = await draftOf("Dev server", withDevServer())
})
afterAll(() => world?.close())

const { signal } = new AbortController()
const patient = { timeout: 20_000, interval: 30 }

interface Draft {
  id: IdOf<"project">
  of: { organizationId: string; projectId: IdOf<"project">; draftOf: string }
  label: string
  cookie: string
  session: Awaited<ReturnType<Server["apps"]["sessions"]["session"]>>
}

/** A run at work on a project whose app is live. */
async function draftOf(name: string, files: Record<string, string>): Promise<Draft> {
  const { id } = await world.project(name)
  await world.run(id, await world.push(id, files))
  const { organizationId } = world.org
  const of = { organizationId, projectId: id, draftOf: world.db.newId("run") }
  const session = await world.server.apps.sessions.session({ ...of, trust: "untrusted", signal })
  return { id, of, session, ...(await openDraft(world, of)) }
}

const follow = ({ of }: Draft) => world.server.apps.sessions.follow({ ...of, branch: null, signal })
const look = ({ label, cookie }: Draft, path = "/", headers: Record<string, string> = {}) =>
  world.get(label, path, { headers: { cookie, ...headers } })
const opens = { accept: "text/html,*/*" }

async function appOf({ id }: Draft): Promise<AppRow | undefined> {
  return world.act(async ({ db }) => {
    const [machine] = await draftsOfProject(db, id)
    return machine && findOnMachine(db, machine.id)
  })
}

/** As a person does it, by the API. */
const commit = ({ id }: Draft, path: string, content: string) =>
  world.act((ctx) =>
    commitFiles(
      ctx,
      { repositories: world.repositories, saving: makeSaving() },
      { projectId: id, message: "Change", parent: undefined, changes: [{ path, content }] },
    ),
  )

/** What a page hears of starts, in the order in which it comes. */
function hearStarts({ label, cookie }: Draft) {
  const heard: string[] = []
  const headers = { host: `${label}.preview.localhost`, cookie }
  const asking = request(
    { port: world.server.port, path: "/.vibecaas/starts", headers },
    (answer) =>
      answer.setEncoding("utf8").on("data", (text: string) => {
        heard.push(...text.split("\n\n").flatMap((each) => /^data: (\w+)/.exec(each)?.[1] ?? []))
      }),
  )
  asking.on("error", () => {}).end()
  return { heard, end: () => asking.destroy() }
}

const page = (text: string) => notesApp.replace("<h1>Notes</h1>", `<h1>${text}</h1>`)

test("a draft shows each commit of its run, its pages hear of it, and visitors see none of it", async () => {
  const draft = plain
  await follow(draft)
  const first = await look(draft, "/", opens)
  expect(first.body).toMatch(
    /^<h1>First<\/h1>\n<script src="\/\.vibecaas\/reload\.js" data-start="\d+" async><\/script>\n$/,
  )
  expect(first.headers).toMatchObject({
    ...{ "cache-control": "no-store", "content-length": String(first.body.length) },
  })
  const page1 = hearStarts(draft)
  await expect.poll(() => page1.heard, patient).toHaveLength(1)
  expect(first.body).toContain(`data-start="${page1.heard[0]}"`)
  await world.push(draft.id, { "server.js": page("Second") })
  await follow(draft)
  expect((await look(draft)).body).toBe("<h1>Second</h1>")
  await expect.poll(() => page1.heard, patient).toHaveLength(2)
  page1.end()
  const { slug } = await world.act(async (ctx) => {
    const text = "select slug from projects where id = $1"
    const rows = await ctx.db.query<{ slug: string }>({ name: "s", text }, [draft.id])
    return rows[0] ?? { slug: "" }
  })
  expect((await world.get(slug, "/", { headers: opens })).body).toBe("<h1>First</h1>")
  expect((await world.get(slug, "/.vibecaas/starts")).status).toBe(404)
  expect((await world.get(draft.label, "/.vibecaas/starts")).status).toBe(401)
})

test("what a person commits is shown by a draft that follows, and not while one commit is being proved", async () => {
  const draft = plain
  await follow(draft)
  await commit(draft, "server.js", page("By a person"))
  const body = async () => (await look(draft)).body
  await expect.poll(body, patient).toBe("<h1>By a person</h1>")
  const head = (await world.repositories.of(draft.id).head()) ?? ""
  expect(await draft.session.startApp(head)).toMatchObject({ running: true })
  const proving = await appOf(draft)
  await commit(draft, "server.js", page("Later"))
  await world.act(async (ctx) => ctx.wake("apps", proving?.id ?? ""))
  expect(await body()).toBe("<h1>By a person</h1>")
  expect((await appOf(draft))?.startedAt).toEqual(proving?.startedAt)
  await follow(draft)
  expect(await body()).toBe("<h1>Later</h1>")
})

test("an edit that breaks the app shows its error, and the next one that mends it shows the app", async () => {
  const draft = plain
  await follow(draft)
  await world.push(draft.id, { "server.js": "let open = {" })
  await follow(draft)
  const broken = await look(draft, "/", opens)
  expect(broken).toMatchObject({ status: 502, body: expect.stringContaining("SyntaxError") })
  await world.push(draft.id, { "server.js": page("Mended") })
  await follow(draft)
  expect((await look(draft)).body).toBe("<h1>Mended</h1>")
  expect(await appOf(draft)).toMatchObject({ restarts: 0, failure: null })
})

/** Reads its page anew whenever a file changes, as bundlers' servers do; says which start it is. */
const devServer = `
const fs = require("node:fs"), http = require("node:http")
let text = fs.readFileSync("page.txt", "utf8")
fs.watch(".", (_, name) => { if (name === "page.txt") text = fs.readFileSync("page.txt", "utf8") })
fs.writeFileSync("made.txt", "by the dev server")
http.createServer((req, res) => {
  if (req.url === "/crash") process.exit(5)
  if (req.url === "/made") return res.end(fs.readFileSync("made.txt"))
  res.setHeader("content-type", "text/html")
  res.end(text + " " + process.env.NODE_ENV + " " + process.pid)
}).listen(process.env.PORT)
`
const withDevServer = (more: Record<string, string> = {}) => ({
  "package.json": JSON.stringify({
    scripts: {
      dev: "node dev.js",
      build: "node build.js",
      start: "node server.js",
      ...more,
    },
  }),
  "build.js": 'require("node:fs").writeFileSync("built.js", "module.exports = 1")',
  "dev.js": devServer,
  "server.js": `require("./built.js")\n${page("Built")}`,
  "page.txt": "one",
})

test("a project's own dev server gets each commit's files and goes on, with what it made", async () => {
  const draft = dev
  await follow(draft)
  const [, mode, pid] = (await look(draft)).body.split(" ")
  expect(mode).toBe("development")
  expect(await appOf(draft)).toMatchObject({ script: "dev", state: "running" })
  await world.push(draft.id, { "page.txt": "two" })
  await follow(draft)
  const body = async () => (await look(draft)).body
  await expect.poll(body, patient).toBe(`two development ${pid}`)
  expect((await look(draft, "/made")).body).toBe("by the dev server")
  const head = (await world.repositories.of(draft.id).head()) ?? ""
  expect(await draft.session.startApp(head)).toMatchObject({ running: true })
  expect(await body()).toBe("<h1>Built</h1>")
  expect(await appOf(draft)).toMatchObject({ script: "start", follows: null })
})

test("a dev server that dies is started again, and another way to start it starts it anew", async () => {
  const draft = dev
  await follow(draft)
  const pid = async () => (await look(draft)).body.split(" ")[2]
  const first = await pid()
  await look(draft, "/crash").catch(() => {})
  await expect.poll(async () => (await appOf(draft))?.restarts, patient).toBe(1)
  await expect.poll(async () => (await appOf(draft))?.state, patient).toBe("running")
  const second = await pid()
  expect(second).not.toBe(first)
  await world.push(draft.id, {
    ...withDevServer({ dev: "node dev.js --trace-warnings" }),
    "page.txt": "three",
  })
  await follow(draft)
  const [text, , third] = (await look(draft)).body.split(" ")
  expect([text, third === second]).toEqual(["three", false])
})

test("files that must be built first are shown when somebody asks for a start", async () => {
  const scripts = { build: "node build.js", start: "node server.js" }
  await world.push(plain.id, {
    "package.json": JSON.stringify({ scripts }),
    "server.js": page("New"),
  })
  await follow(plain)
  expect((await look(plain)).body).toBe("<h1>Mended</h1>")
})

test("nothing is started by a commit where nobody ever started an app, nor where the draft rests", async () => {
  const { id } = await world.project("Never")
  const of = { organizationId: world.org.organizationId, projectId: id, draftOf: "run_never" }
  const { sessions } = world.server.apps
  await sessions.session({ ...of, trust: "untrusted", signal })
  await world.push(id, { "server.js": page("First") })
  await sessions.follow({ ...of, branch: null, signal })
  const [machine] = await world.act((ctx) => draftsOfProject(ctx.db, id))
  const app = () => world.act((ctx) => findOnMachine(ctx.db, machine?.id ?? "vm_"))
  expect(await app()).toBeUndefined()
  await world.act((ctx) =>
    sessions.stopDraft(ctx, { projectId: id, by: { loop: "runs", id: "run_never" } }),
  )
  await sessions.follow({ ...of, branch: null, signal })
  expect(await app()).toBeUndefined()
})

test("what the newest commit shows is brought back by whichever server comes after a killed one", async () => {
  await follow(dev)
  for (let writes = 0; writes < 4; writes++) {
    await world.stopServers()
    const dying = await world.startServer({ diesAfter: writes })
    await world.push(dev.id, { "page.txt": `round ${writes}` })
    const target = { ...dev.of, branch: null, signal }
    void dying.apps.sessions.follow(target).catch(() => {})
    const next = await world.startServer()
    const headers = { cookie: dev.cookie }
    const body = async () => (await get(next.port, dev.label, "/", { headers })).body
    await next.apps.sessions.follow(target)
    await expect.poll(body, patient).toContain(`round ${writes}`)
  }
})
