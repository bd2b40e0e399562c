import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import type { ApiKeyWithSecret } from "@vibecaas/contract/kinds/keys"
import type { Project } from "@vibecaas/contract/kinds/projects"
import type { Version } from "@vibecaas/contract/version"
import { run } from "@vibecaas/kernel/spawn"
import { afterAll, beforeAll, expect, test } from "vitest"
import { allKinds } from "../../http/testing/all-kinds.ts"
import { made } from "../../http/testing/matrix-world.ts"
import type { TestPerson } from "../../http/testing/test-client.ts"
import { type TestServer, testServer } from "../../http/testing/test-server.ts"
import type { KeyUse } from "../../keys/index.ts"

let root: string
let server: TestServer
let mara: TestPerson
let keyUse: KeyUse
let key: string
let folders = 0

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "git-http-"))
  server = await testServer({
    kinds: (db, accounts) => {
      const { all, keys } = allKinds(db, { root, accounts })
      keyUse = keys
      return all
    },
    keys: () => keyUse,
  })
  mara = await server.person("Mara")
  await server.db.adminPool.query("update organization_plans set plan = 'team'")
  key = await makeKey(["project:read", "project:update", "app:operate"])
})
afterAll(async () => {
  await server.close()
  await rm(root, { recursive: true, force: true })
})

async function makeKey(permissions: string[], who = mara): Promise<string> {
  const body = { name: `For git ${folders++}`, permissions }
  const path = `POST /organizations/${who.organizationId}/api-keys`
  return made<ApiKeyWithSecret>(await who.call(path, { body })).secret
}

async function makeProject(files: Record<string, string> = {}): Promise<Project> {
  const body = { organizationId: mara.organizationId, name: `Pushed ${folders++}` }
  const project = made<Project>(await mara.call("POST /projects", { body }))
  const changes = Object.entries(files).map(([path, content]) => ({ path, content }))
  if (changes.length > 0) {
    const write = { body: { message: "Begin", changes } }
    made(await mara.call(`POST /projects/${project.id}/commits`, write))
  }
  return project
}

const urlOf = ({ id }: Project, secret = key) =>
  `${server.origin.replace("://", `://git:${secret}@`)}/api/v1/projects/${id}/git`

/** The real client, with settings of nobody. */
async function git(folder: string, ...argv: string[]) {
  const env = {
    ...{ PATH: "/usr/local/bin:/usr/bin:/bin", HOME: "/nonexistent", LC_ALL: "C.UTF-8" },
    ...{ GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: "/dev/null", GIT_TERMINAL_PROMPT: "0" },
    ...{ GIT_AUTHOR_NAME: "Mara", GIT_AUTHOR_EMAIL: "mara@example.test" },
    ...{ GIT_COMMITTER_NAME: "Mara", GIT_COMMITTER_EMAIL: "mara@example.test" },
  }
  const result = await run("/usr/bin/env", ["git", ...argv], { cwd: folder, env })
  return { ok: result.exitCode === 0, says: `${result.stdout}${result.stderr}` }
}

async function clone(project: Project, secret = key) {
  const folder = join(root, `clone-${folders++}`)
  const { ok, says } = await git(root, "clone", "-q", urlOf(project, secret), folder)
  expect(ok, says).toBe(true)
  await git(folder, "checkout", "-q", "-B", "main")
  return folder
}
async function write(folder: string, files: Record<string, string | Buffer>, message = "Change") {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), content)
  }
  await git(folder, "add", "-A")
  const { ok, says } = await git(folder, "commit", "-q", "-m", message)
  expect(ok, says).toBe(true)
}
const push = (folder: string, ...argv: string[]) =>
  git(folder, "push", ...(argv.length > 0 ? argv : ["origin", "main"]))
const headOf = async (project: Project) => {
  const { body } = await mara.call(`GET /projects/${project.id}/commits?limit=1`)
  return (body as { items: { id: string }[] }).items[0]?.id
}
const versionsOf = async (project: Project) => {
  const { body } = await mara.call(`GET /projects/${project.id}/versions`)
  return (body as { items: Version[] }).items
}

test("a project is cloned, changed and pushed, and the push is one version of its history", async () => {
  const project = await makeProject({ "a.txt": "a\n" })
  const folder = await clone(project)
  expect(await readFile(join(folder, "a.txt"), "utf8")).toBe("a\n")
  await write(folder, { "a.txt": "changed\n" }, "First")
  await write(folder, { "dir/b.txt": "b\n" }, "Second")
  const { ok, says } = await push(folder)
  expect(ok, says).toBe(true)
  expect(says).toMatch(/remote: Version [0-9a-f]{7} is in the history/)
  const [version, before] = await versionsOf(project)
  expect(version).toMatchObject({ kind: "push", title: "Second", commits: 2, base: before?.id })
  const again = await clone(project)
  expect((await readdir(again)).sort()).toEqual([".git", "a.txt", "dir"])
})

test("an empty project takes a first push", async () => {
  const project = await makeProject()
  const folder = await clone(project)
  await write(folder, { "readme.md": "hello\n" })
  expect(await push(folder)).toMatchObject({ ok: true })
  expect(await versionsOf(project)).toMatchObject([{ kind: "push", base: null, files: 1 }])
})

test("of a project that ran, a push is asked to go live; by a key that may not start apps it is not", async () => {
  const project = await makeProject({ "a.txt": "a\n" })
  made(await mara.call(`POST /projects/${project.id}/apps`, { body: {} }))
  const wanted = async () => {
    const text = "select commit_wanted from apps where project_id = $1"
    return (await server.db.adminPool.query(text, [project.id])).rows[0]?.commit_wanted
  }
  const folder = await clone(project)
  await write(folder, { "a.txt": "b\n" })
  expect((await push(folder)).says).toContain(`goes live at ${project.previewUrl}`)
  const live = await headOf(project)
  expect(await wanted()).toBe(live)
  const writes = await makeKey(["project:read", "project:update"])
  await write(folder, { "a.txt": "c\n" })
  expect((await push(folder, urlOf(project, writes), "main")).says).toContain("Nothing was started")
  expect(await wanted()).toBe(live)
})

test("who was slower is told to fetch first, and a rewritten history is not taken", async () => {
  const project = await makeProject({ "a.txt": "a\n" })
  const [one, two] = [await clone(project), await clone(project)]
  await write(one, { "a.txt": "one\n" })
  await write(two, { "a.txt": "two\n" })
  expect(await push(one)).toMatchObject({ ok: true })
  const head = await headOf(project)
  expect(await push(two)).toMatchObject({ ok: false, says: expect.stringContaining("fetch first") })
  expect(await push(two, "--force", "origin", "main")).toMatchObject({ ok: false })
  expect(await headOf(project)).toBe(head)
})

test.each([
  ["another branch", ["origin", "main:other"], "only main can be pushed"],
  ["a tag", ["origin", "main:refs/tags/v1"], "only main can be pushed"],
  ["a hidden ref", ["origin", "main:refs/hidden/x"], "only main can be pushed"],
  ["a deletion", ["origin", ":main"], "main cannot be deleted"],
])("%s is not taken, and git says why", async (_, argv, why) => {
  const project = await makeProject({ "a.txt": "a\n" })
  const folder = await clone(project)
  await write(folder, { "a.txt": "b\n" })
  const { ok, says } = await push(folder, ...argv)
  expect(ok).toBe(false)
  expect(says).toContain(why)
})

test("files that break the rules are refused by name, also when a later commit removes them", async () => {
  const project = await makeProject({ "a.txt": "a\n" })
  const head = await headOf(project)
  const folder = await clone(project)
  await symlink("/etc/passwd", join(folder, "link"))
  await write(folder, { "big.bin": Buffer.alloc(1_100_000, 1), "a:b.txt": "x" })
  await rm(join(folder, "link"))
  await rm(join(folder, "big.bin"))
  await rm(join(folder, "a:b.txt"))
  await write(folder, { "c.txt": "c" })
  const first = await push(folder)
  expect(first.ok).toBe(false)
  expect(first.says).toContain('remote: "link" is a symbolic link; only files are kept.')
  expect(first.says).toMatch(/remote: The path "a:b.txt" cannot be used/)
  expect(first.says).toContain("breaks the rules of files")
  expect(await headOf(project)).toBe(head)
  await git(folder, "reset", "-q", "--hard", "origin/main")
  await write(folder, { "big.bin": Buffer.alloc(1_100_000, 1) })
  expect((await push(folder)).says).toContain('remote: "big.bin" has 1100000 bytes')
  await git(folder, "reset", "-q", "--hard", "origin/main")
  await write(folder, { "fine.txt": "fine" })
  expect(await push(folder)).toMatchObject({ ok: true })
})

test("what was refused leaves nothing in the repository or beside it", async () => {
  const project = await makeProject({ "a.txt": "a\n" })
  const folder = await clone(project)
  const secret = "nobody shall read this"
  await write(folder, { "a|b": secret })
  const { says: id } = await git(folder, "rev-parse", "HEAD")
  expect(await push(folder)).toMatchObject({ ok: false })
  const answer = await mara.call(`GET /projects/${project.id}/files?commit=${id.trim()}`)
  expect(answer.status).toBe(404)
  const left = await readdir(root, { recursive: true })
  expect(left.filter((path) => path.includes(".push"))).toEqual([])
})

test("a hook or a setting that lies in the repository does nothing", async () => {
  const project = await makeProject({ "a.txt": "a\n" })
  const places = await readdir(root, { recursive: true })
  const place = places.find((path) => path.endsWith(`${project.id}.git`)) ?? ""
  const directory = join(root, place)
  await mkdir(join(directory, "hooks"), { recursive: true })
  for (const name of ["pre-receive", "update", "post-receive", "post-update"]) {
    await writeFile(join(directory, "hooks", name), `#!/bin/sh\ntouch ${root}/ran\n`, {
      mode: 0o755,
    })
  }
  const folder = await clone(project)
  await write(folder, { "a.txt": "b\n" })
  expect(await push(folder)).toMatchObject({ ok: true })
  expect(await readdir(root)).not.toContain("ran")
})

test.each([
  ["no key", (project: Project) => urlOf(project).replace(/git:[^@]+@/, "")],
  ["a wrong key", (project: Project) => urlOf(project, `${key.slice(0, -2)}xx`)],
])("with %s nothing is cloned, and git asks for one", async (_, url) => {
  const project = await makeProject({ "a.txt": "a\n" })
  const { ok, says } = await git(root, "clone", url(project), join(root, `none-${folders++}`))
  expect(ok).toBe(false)
  expect(says).toMatch(/Authentication failed|could not read Username/)
})

test("a key that may only read clones and does not push; another organization's finds nothing", async () => {
  const project = await makeProject({ "a.txt": "a\n" })
  const reads = await makeKey(["project:read"])
  const folder = await clone(project, reads)
  await write(folder, { "a.txt": "b\n" })
  expect(await push(folder)).toMatchObject({ ok: false, says: expect.stringContaining("403") })
  const other = await server.person("Other")
  const theirs = await makeKey(["project:read"], other)
  const none = await git(root, "clone", urlOf(project, theirs), join(root, `none-${folders++}`))
  expect(none).toMatchObject({ ok: false, says: expect.stringContaining("not found") })
})

test("what is not git's protocol is refused, and a bomb of a pack is not taken", async () => {
  const project = await makeProject({ "a.txt": "a\n" })
  const head = await headOf(project)
  const path = `POST /projects/${project.id}/git/git-receive-pack`
  const headers = { "content-type": "application/x-git-receive-pack-request" }
  for (const text of ["", "zzzz", "0003", "00a0short", "ffff"]) {
    expect((await mara.call(path, { text, headers })).status).toBe(400)
  }
  const line = `${head} ${"1".repeat(40)} refs/heads/main\0report-status`
  const size = (line.length + 4).toString(16).padStart(4, "0")
  const broken = await mara.call(path, { text: `${size}${line}0000PACK nonsense`, headers })
  expect(String(broken.body)).not.toContain("ok refs/heads/main")
  expect(await headOf(project)).toBe(head)
})
