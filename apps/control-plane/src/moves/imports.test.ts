import { mkdtemp, readdir, rm } from "node:fs/promises"
import { connect } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { IdOf } from "@vibecaas/contract/kinds"
import { silentLog } from "@vibecaas/kernel/log"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { openWay } from "../network/door/way.ts"
import { egressLimits } from "../network/network-parts.ts"
import { certificate } from "../network/testing/certificate.ts"
import { zipOf } from "../projects/testing/zips.ts"
import { testVault } from "../secrets/testing/test-vault.ts"
import { cancelMove } from "./cancel-move.ts"
import { findMove } from "./queries.ts"
import { type GitImport, importArchive, retryImport, startImport } from "./start-import.ts"
import { type GitServer, gitHost, startGitServer } from "./testing/git-server.ts"
import { type MoveWorld, moveWorld } from "./testing/move-world.ts"

let folder: string
let git: GitServer
let world: MoveWorld
let leadsTo: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "imports-"))
  git = await startGitServer(join(folder, "elsewhere"))
  world = await moveWorld(folder, (to) =>
    openWay(
      {
        ...{ ...world.db, log: silentLog, vault: testVault, limits: egressLimits },
        resolve: async () => [{ address: leadsTo, family: 4 }],
        dial: () => connect(git.port, "127.0.0.1"),
        ca: certificate.cert,
        own: { domains: ["platform.example.com"], addresses: () => [] },
        limiter: { take: () => ({ allowed: true, resetSeconds: 0 }) },
      },
      to,
    ),
  )
})
beforeEach(() => {
  leadsTo = "93.184.216.34"
  git.token = undefined
})
afterAll(async () => {
  git?.close()
  await world?.close()
  await rm(folder, { recursive: true, force: true })
})

const begin = (given: Partial<GitImport> & { url: string }) =>
  world.act((ctx) => startImport(ctx, world.parts, { preview: "private", ...given }))
const urlOf = (name: string) => `https://${gitHost}/${name}/.git`
const rowOf = (id: IdOf<"move">) => world.act((ctx) => findMove(ctx.db, id))

/** Begins an import and lets its loop do all that it does. */
async function bring(given: Partial<GitImport> & { url: string }) {
  const { move, project } = await begin(given)
  await world.turn(move.id)
  return { project, move: await rowOf(move.id) }
}

async function filesOf(projectId: string) {
  const repository = world.parts.repositories.of(projectId)
  const head = await repository.head()
  return head === null ? [] : (await repository.list(head)).map(({ path }) => path)
}

test("a branch becomes a project's files, in one version, and what cannot be kept is named", async () => {
  const pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n"
  const files = {
    "server.js": "console.log(1)",
    "docs/read me.md": "hello",
    "movie.bin": Buffer.alloc(1_100_000, 1),
    "node_modules/x/index.js": "x",
    "big.psd": pointer,
    "bad:name.txt": "x",
  }
  const link = "ln -s /etc/passwd link; git add link"
  const submodule = `git update-index --add --cacheinfo 160000,${"12345".repeat(8)},vendor`
  await git.repository("reading-list", files, `${link}; ${submodule}`)
  const { move, project } = await bring({ url: urlOf("reading-list") })
  expect(move).toMatchObject({ state: "done", failure: null, doing: null })
  expect(await filesOf(project.id)).toEqual(["docs/read me.md", "server.js"])
  expect(move?.leftOut.toSorted()).toEqual([
    '"big.psd" is in Git LFS, which is not fetched.',
    '"link" is a symbolic link; only files are kept.',
    '"movie.bin" has 1100000 bytes; a file may have 1048576.',
    '"node_modules" is made anew by programs.',
    '"vendor" is a submodule, which is not fetched.',
    'The path "bad:name.txt" cannot be used: it has one of \\ : * ? " < > |.',
  ])
  const [commit] = await world.parts.repositories.of(project.id).log({ limit: 5 })
  expect(commit?.message).toMatch(
    /^Import from https:\/\/api\.example\.com\/reading-list\/\.git at/,
  )
  expect(await world.isWanted(project.id)).toBe("running")
})

test("a private repository opens by a token, which is kept nowhere afterwards", async () => {
  await git.repository("private", { "a.txt": "a" })
  git.token = "s3cret-token"
  const refused = await bring({ url: urlOf("private") })
  expect(refused.move?.failure).toContain("give a token")
  const wrong = await bring({ url: urlOf("private"), token: "wrong-token" })
  expect(wrong.move?.failure).toContain("does not take this token")
  const { move, project } = await bring({ url: urlOf("private"), token: "s3cret-token" })
  expect(move?.state).toBe("done")
  expect(await filesOf(project.id)).toEqual(["a.txt"])
  const kept = await world.db.adminPool.query("select 1 from secrets where kept_by is not null")
  expect(kept.rowCount).toBe(0)
  const { rows } = await world.db.adminPool.query(
    `select m::text as text from project_moves m union all select details::text from audit_records`,
  )
  expect(JSON.stringify(rows)).not.toContain("s3cret")
})

test("a branch by name is fetched, and one that is not there is said", async () => {
  await git.repository("branches", { "a.txt": "a" })
  const { move } = await bring({ url: urlOf("branches"), branch: "main" })
  expect(move).toMatchObject({ state: "done" })
  const missing = await bring({ url: urlOf("branches"), branch: "nowhere" })
  expect(missing.move).toMatchObject({ state: "failed" })
  expect(missing.move?.failure).toContain("There is no nowhere at")
})

test.each(["10.1.2.3", "169.254.169.254", "127.0.0.1"])(
  "a name that leads to %s is not asked",
  async (address) => {
    leadsTo = address
    const before = git.asked.length
    const { move } = await bring({ url: urlOf("reading-list") })
    expect(move?.failure).toBe(`${gitHost} leads to an address that is not public.`)
    expect(git.asked).toHaveLength(before)
  },
)

test("an address in numbers, and the platform itself, are refused", async () => {
  await expect(begin({ url: "https://93.184.216.34/x.git" })).rejects.toMatchObject({
    code: "invalid",
  })
  const { move } = await bring({ url: "https://platform.example.com/x.git" })
  expect(move?.failure).toBe("That is the platform itself.")
})

test("a cancelled import leaves no project, and its folder is gone", async () => {
  const { move, project } = await begin({ url: urlOf("reading-list") })
  await world.act((ctx) => cancelMove(ctx, move.id))
  await world.turn(move.id)
  expect(await rowOf(move.id)).toMatchObject({ state: "cancelled" })
  expect(await world.wanted(project.id)).toBe("gone")
  const left = await readdir(join(folder, "repositories"))
  expect(left.filter((name) => name.endsWith(".import"))).toEqual([])
})

test("an import whose server died half-way is done by the next turn, once", async () => {
  await git.repository("again", { "a.txt": "a" })
  const { move, project } = await begin({ url: urlOf("again") })
  await expect(world.turn(move.id, { diesAfter: 4 })).rejects.toThrow()
  expect(await rowOf(move.id)).toMatchObject({ state: "working" })
  await world.turn(move.id)
  expect(await rowOf(move.id)).toMatchObject({ state: "done" })
  expect(await filesOf(project.id)).toEqual(["a.txt"])
})

test("an archive becomes a project that starts, without what may not be kept", async () => {
  const archive = await zipOf({
    "site/server.js": "1",
    "site/node_modules/x.js": "x",
    "site/b:ad.txt": "x",
  })
  const asked = { name: "Site", preview: "private" as const, archive }
  const { project, move } = await world.act((ctx) => importArchive(ctx, world.parts, asked))
  expect(await filesOf(project.id)).toEqual(["server.js"])
  expect(move.leftOut).toHaveLength(2)
  expect(await world.isWanted(project.id)).toBe("running")
})

test("an import that failed is tried again in its project, from a corrected address and with a token", async () => {
  await git.repository("corrected", { "a.txt": "a" })
  git.token = "s3cret-again"
  const { move, project } = await bring({ url: urlOf("misspelt"), token: "wrong-token" })
  expect(move).toMatchObject({ state: "failed" })
  const moveId = move?.id ?? "mov_"
  const again = (given: Partial<GitImport>) =>
    world.act((ctx) => retryImport(ctx, world.parts, { moveId, ...given }))
  await expect(again({ url: "https://93.184.216.34/x.git" })).rejects.toMatchObject({
    code: "invalid",
  })
  expect(await again({})).toMatchObject({ state: "waiting", from: urlOf("misspelt") })
  await expect(again({})).rejects.toThrow("Only what failed can be tried again.")
  await world.turn(moveId)
  expect(await rowOf(moveId)).toMatchObject({ state: "failed", failure: expect.any(String) })

  await again({ url: urlOf("corrected"), token: "s3cret-again" })
  await world.turn(moveId)
  expect(await rowOf(moveId)).toMatchObject({ state: "done", failure: null })
  expect(await filesOf(project.id)).toEqual(["a.txt"])
  const kept = await world.db.adminPool.query("select 1 from secrets where kept_by is not null")
  expect(kept.rowCount).toBe(0)
  await expect(again({})).rejects.toThrow("Only what failed can be tried again.")
})
