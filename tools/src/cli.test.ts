import { execFile } from "node:child_process"
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { buildCli } from "@vibecaas/cli/build"
import { main } from "@vibecaas/cli/main"
import { afterAll, beforeAll, expect, test } from "vitest"
import { allKinds } from "../../apps/control-plane/src/http/testing/all-kinds.ts"
import type { TestPerson } from "../../apps/control-plane/src/http/testing/test-client.ts"
import {
  type TestServer,
  testServer,
} from "../../apps/control-plane/src/http/testing/test-server.ts"
import type { KeyUse } from "../../apps/control-plane/src/keys/index.ts"

let server: TestServer
let mara: TestPerson
let dir: string
let key: string
let slug: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "cli-"))
  let use: KeyUse
  server = await testServer({
    kinds: (db, accounts) => {
      const kinds = allKinds(db, { root: join(dir, "platform"), accounts })
      use = kinds.keys
      return kinds.all
    },
    keys: () => use,
  })
  mara = await server.person("Mara")
  await server.db.adminPool.query("update organization_plans set plan = 'team'")
  key = await makeKey([
    "project:read",
    "project:update",
    "project:create",
    "run:read",
    "secret:read",
    "secret:manage",
  ])
  const made = await mara.call("POST /projects", { body: { name: "Tulips" } })
  slug = (made.body as { slug: string }).slug
})
afterAll(async () => {
  await server.close()
  await rm(dir, { recursive: true, force: true })
})

async function makeKey(permissions: string[]): Promise<string> {
  const body = { name: `Key ${permissions.length}`, permissions }
  const answer = await mara.call(`POST /organizations/${mara.organizationId}/api-keys`, { body })
  return (answer.body as { secret: string }).secret
}

/** One command line, as somebody who has signed in or not. */
async function run(
  words: string[],
  { input = "", env = {} as Record<string, string>, sleep = async () => {} } = {},
) {
  let [out, say] = ["", ""]
  const code = await main(words, {
    env: { XDG_CONFIG_HOME: join(dir, "config"), ...env },
    cwd: dir,
    out: (text) => {
      out += text
    },
    say: (text) => {
      say += text
    },
    input: async () => input,
    ...{ fetch, sleep },
  })
  return { code, out, say }
}
const of = (words: string[]) => [...words, "--project", slug]

test("who signs in is known from then on, and their key lies where only they read it", async () => {
  const stranger = await run(["projects"])
  expect(stranger).toMatchObject({ code: 1, say: expect.stringContaining("vibecaas login") })
  const wrong = await run(["login", "--key", "--url", server.origin], {
    input: `vck_${"a".repeat(49)}`,
  })
  expect(wrong).toMatchObject({ code: 1, say: expect.stringContaining("does not take this key") })
  expect((await run(["login", "--key", "--url", server.origin], { input: `${key}\n` })).code).toBe(
    0,
  )
  const { mode } = await stat(join(dir, "config/vibecaas/config.json"))
  expect(mode & 0o777).toBe(0o600)
  const list = await run(["projects"])
  expect(list).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^tulips\S*\s+empty\s+Tulips$/m),
  })
  const asJson = await run(["projects", "--json"])
  expect(JSON.parse(asJson.out)).toMatchObject([{ name: "Tulips", slug }])
})

test("files go out, are changed and come back as a version; what others changed meanwhile is not lost", async () => {
  const changes = [
    { path: "a.txt", content: "one\n" },
    { path: "src/b.txt", content: "two\n" },
  ]
  const project = await mara.call("GET /projects")
  const [{ id }] = (project.body as { items: [{ id: string }] }).items
  const commit = (message: string, of: object[]) =>
    mara.call(`POST /projects/${id}/commits`, { body: { message, changes: of } })
  await commit("First", changes)
  const pulled = await run(of(["files", "pull", "work"]))
  expect(pulled, pulled.say).toMatchObject({ code: 0, out: expect.stringContaining("2 files") })
  await writeFile(join(dir, "work/a.txt"), "changed\n")
  await writeFile(join(dir, "work/new.txt"), "new\n")
  await rm(join(dir, "work/src/b.txt"))
  const looked = await run(of(["files", "push", "work"]))
  expect(looked.say).toContain("+ a.txt\n+ new.txt\n− src/b.txt\nNothing was pushed yet")
  expect((await run(of(["files", "push", "work", "--yes"]))).code).toBe(0)
  expect((await run(of(["files", "push", "work", "--yes"]))).say).toBe("Nothing changed here.\n")
  await commit("Others", [{ path: "a.txt", content: "theirs\n" }])
  await writeFile(join(dir, "work/a.txt"), "mine\n")
  expect(await run(of(["files", "push", "work", "--yes"]))).toMatchObject({
    code: 1,
    say: expect.stringContaining("Pull it first"),
  })
  expect((await run(of(["files", "pull", "work"]))).code).toBe(0)
  expect(await readFile(join(dir, "work/a.txt"), "utf8")).toBe("theirs\n")
})

test("secrets are set from standard input and listed without their values", async () => {
  const set = await run(of(["secrets", "set", "API_KEY"]), { input: "sk_live_hunter2\n" })
  expect(set, set.say).toMatchObject({ code: 0, out: "API_KEY has version 1.\n" })
  const again = await run(of(["secrets", "set", "API_KEY"]), { input: "sk_live_hunter3\n" })
  expect(again.out).toBe("API_KEY has version 2.\n")
  const file = "TOKEN=abcdefgh-hunter2\nAPI_KEY=other\n"
  expect((await run(of(["secrets", "import"]), { input: file })).say).toContain("say --yes")
  const came = await run(of(["secrets", "import", "--yes"]), { input: file })
  expect(came.say).toContain("1 came in.")
  const list = await run(of(["secrets"]))
  expect(list.out).toMatch(/^API_KEY\s+every\s+api_key\s+active\s+version 2$/m)
  expect(list.out).toMatch(/^TOKEN\s+every\s+token/m)
  expect(list.out + came.out).not.toContain("hunter")
})

test("a refusal is said with its request's id and its fields, and a wrong command line with another code", async () => {
  const wrong = await run(of(["secrets", "set", "1BAD"]), { input: "a value" })
  expect(wrong).toMatchObject({
    code: 1,
    say: expect.stringMatching(/\(request \S+\)[\s\S]*\/name: Use letters/),
  })
  const other = await makeKey(["project:read"])
  const env = { VIBECAAS_URL: server.origin, VIBECAAS_KEY: other }
  expect(await run(of(["runs"]), { env })).toMatchObject({
    code: 1,
    say: expect.stringMatching(/lacks run:read.*\(request \S+\)/),
  })
  for (const words of [
    ["nonsense"],
    ["runs"],
    ["projects", "--follow"],
    ["--what"],
    ["ask", "-p", slug],
  ]) {
    expect(await run(words), words.join(" ")).toMatchObject({ code: 2, out: "" })
  }
  expect((await run(["help"])).out).toContain("Usage: vibecaas <command>")
})

test("a prompt is proposed before it is built where no model plans", async () => {
  const made = await run(["new", "A guest book"])
  expect([made.code, made.say]).toEqual([4, expect.stringContaining("say --yes")])
})

test("it is one file that a plain Node runs, with what shells complete it by", async () => {
  const file = join(dir, "vibecaas.mjs")
  await buildCli(file)
  expect((await stat(file)).size).toBeLessThan(60_000)
  expect(await readFile(file, "utf8")).not.toMatch(/from\s*"(?!node:)/)
  const env = { VIBECAAS_URL: server.origin, VIBECAAS_KEY: key, PATH: process.env.PATH ?? "" }
  const { stdout } = await promisify(execFile)(process.execPath, [file, "projects"], { env })
  expect(stdout).toContain("Tulips")
  const { stdout: bash } = await promisify(execFile)(process.execPath, [file, "completion", "bash"])
  const script = `${bash}\nCOMP_WORDS=(vibecaas se); COMP_CWORD=1; _vibecaas; echo "\${COMPREPLY[@]}"`
  expect((await promisify(execFile)("bash", ["-c", script])).stdout).toBe("secrets\n")
})

const asPerson = { XDG_CONFIG_HOME: "" }
const byMara = (words: string[]) => run(words, { env: asPerson })

test("a person signs the command line in by a link, and manages keys and members with it", async () => {
  asPerson.XDG_CONFIG_HOME = join(dir, "mara")
  const allowIt = async () => {
    const text = "select code from device_logins where allowed_by is null"
    const { rows } = await server.db.adminPool.query(text)
    await mara.call("POST /auth/device/allow", { body: { code: rows[0].code } })
  }
  const login = ["login", "--url", server.origin]
  const signedIn = await run(login, { env: asPerson, sleep: allowIt })
  expect(signedIn, signedIn.say).toMatchObject({
    ...{ code: 0, say: expect.stringMatching(/\/device\?code=[\s\S]*a session of Mara/) },
  })
  const file = join(asPerson.XDG_CONFIG_HOME, "vibecaas/config.json")
  expect((await stat(file)).mode & 0o777).toBe(0o600)

  const made = await byMara([
    "keys",
    "create",
    "CI deploys",
    "--permissions",
    "read",
    "--days",
    "7",
  ])
  expect(made, made.say).toMatchObject({ code: 0, out: expect.stringMatching(/^vck_\w+\n$/) })
  const env = { VIBECAAS_URL: server.origin, VIBECAAS_KEY: made.out.trim() }
  expect((await run(["projects"], { env })).code).toBe(0)
  expect((await byMara(["keys"])).out).toMatch(
    /^CI deploys\s+active\s+\d+ permissions\s+all projects/m,
  )
  expect((await byMara(["keys", "rotate", "CI deploys"])).say).toContain("say --yes")
  const rotated = await byMara(["keys", "rotate", "CI deploys", "--yes"])
  expect(rotated.out).toMatch(/^vck_/)
  expect((await byMara(["keys", "revoke", "CI deploys", "--yes"])).code).toBe(0)
  expect((await run(["projects"], { env })).code).toBe(1)

  const ines = await server.person("Ines")
  await server.join(ines, mara.organizationId, "viewer")
  const invited = await byMara(["members", "invite", "new@example.com", "--role", "viewer"])
  expect(invited.out).toMatch(/\/join#/)
  expect((await byMara(["members", "role", ines.email, "developer"])).out).toContain(
    "is developer now",
  )
  expect((await byMara(["members"])).out).toMatch(new RegExp(`^${ines.email}\\s+developer`, "m"))
  expect((await byMara(["members", "remove", ines.email, "--yes"])).code).toBe(0)
  expect((await byMara(["members", "remove", ines.email])).code).toBe(2)
  const byKey = await run(["members"], { env: { VIBECAAS_URL: server.origin, VIBECAAS_KEY: key } })
  expect(byKey).toMatchObject({ code: 1, say: expect.stringContaining("takes no API key") })
})
