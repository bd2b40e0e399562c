import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { systemClock } from "@vibecaas/kernel/clock"
import { isFault } from "@vibecaas/kernel/fault"
import { makeNewId } from "@vibecaas/kernel/id"
import fc from "fast-check"
import { afterAll, beforeAll, expect, test } from "vitest"
import { checkFilePath } from "./file-path.ts"
import { makeGit } from "./git.ts"
import { makeRepositories } from "./git-repository.ts"
import type { Repositories, Repository } from "./repository.ts"

let root: string
let repositories: Repositories
const newId = makeNewId(systemClock)

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "repositories-"))
  repositories = makeRepositories({
    root,
    git: makeGit("git"),
    newId,
    now: () => new Date("2026-01-02T03:04:05Z"),
  })
})
afterAll(() => rm(root, { recursive: true, force: true }))

const fresh = (): Repository => repositories.of(newId("prj"))
const bytes = (text: string) => Buffer.from(text)
const author = "Mara"

test("a repository nobody wrote to has no head, no log and no files on disk", async () => {
  const id = newId("prj")
  expect(await repositories.of(id).head()).toBeNull()
  expect(await repositories.of(id).log({ limit: 10 })).toEqual([])
  expect(await repositories.list()).not.toContain(id)
})

test("what was committed is listed, read back byte for byte and found by search", async () => {
  const repository = fresh()
  const binary = Buffer.from([0, 1, 2, 255, 10, 13])
  const first = await repository.commit({
    parent: null,
    message: "First\n\nwith a body",
    author,
    changes: [
      { path: "server.js", content: bytes("console.log('a b')\n") },
      { path: "public/ünïcode name.txt", content: binary },
    ],
  })
  expect(await repository.head()).toBe(first.id)
  expect((await repository.list(first.id)).map((file) => file.path)).toEqual([
    "public/ünïcode name.txt",
    "server.js",
  ])
  expect((await repository.read(first.id, "public/ünïcode name.txt", 100))?.content).toEqual(binary)
  expect(await repository.read(first.id, "server.js", 7)).toEqual({
    content: bytes("console"),
    truncated: true,
  })
  expect(await repository.read(first.id, "absent", 7)).toBeNull()
  expect(await repository.read(first.id, "public", 7)).toBeNull()
  expect(await repository.search(first.id, "'a b'")).toEqual([
    { path: "server.js", line: 1, text: "console.log('a b')" },
  ])
  expect(await repository.search(first.id, ".*")).toEqual([])
})

test("a commit on an old parent is a conflict and changes nothing", async () => {
  const repository = fresh()
  const first = await repository.commit({
    parent: null,
    message: "1",
    author,
    changes: [{ path: "a", content: bytes("1") }],
  })
  const second = await repository.commit({
    parent: first.id,
    message: "2",
    author,
    changes: [{ path: "a", content: bytes("2") }],
  })
  const late = repository.commit({
    parent: first.id,
    message: "3",
    author,
    changes: [{ path: "b", content: bytes("3") }],
  })
  await expect(late).rejects.toSatisfy((error) => isFault(error, "conflict"))
  const noParent = repository.commit({
    parent: null,
    message: "4",
    author,
    changes: [{ path: "b", content: bytes("4") }],
  })
  await expect(noParent).rejects.toSatisfy((error) => isFault(error, "conflict"))
  expect(await repository.head()).toBe(second.id)
})

test("of writers racing on one parent exactly one wins", async () => {
  const repository = fresh()
  const first = await repository.commit({
    parent: null,
    message: "0",
    author,
    changes: [{ path: "a", content: bytes("0") }],
  })
  const races = Array.from({ length: 6 }, (_, i) =>
    repository.commit({
      parent: first.id,
      message: `${i}`,
      author,
      changes: [{ path: `f${i}`, content: bytes("x") }],
    }),
  )
  const settled = await Promise.allSettled(races)
  const won = settled.filter((result) => result.status === "fulfilled")
  expect(won).toHaveLength(1)
  expect((await repository.log({ limit: 10 })).map((commit) => commit.id)).toEqual([
    won[0]?.value.id,
    first.id,
  ])
})

test("a diff tells added, changed and deleted files with their lines", async () => {
  const repository = fresh()
  const first = await repository.commit({
    parent: null,
    message: "1",
    author,
    changes: [
      { path: "keep.txt", content: bytes("one\ntwo\n") },
      { path: "gone.txt", content: bytes("x\n") },
    ],
  })
  const second = await repository.commit({
    parent: first.id,
    message: "2",
    author,
    changes: [
      { path: "gone.txt", content: null },
      { path: "keep.txt", content: bytes("one\n2\n") },
      { path: "new.txt", content: bytes("diff --git a b\n") },
    ],
  })
  const files = await repository.diff(first.id, second.id)
  expect(
    files.map(({ path, change, added, removed }) => ({ path, change, added, removed })),
  ).toEqual([
    { path: "gone.txt", change: "deleted", added: 0, removed: 1 },
    { path: "keep.txt", change: "modified", added: 1, removed: 1 },
    { path: "new.txt", change: "added", added: 1, removed: 0 },
  ])
  expect(files[1]?.patch).toBe("@@ -1,2 +1,2 @@\n one\n-two\n+2\n")
  expect(files[2]?.patch).toContain("+diff --git a b")
  expect(await repository.diff(null, first.id)).toHaveLength(2)
})

test("history pages from the newest back to the first commit", async () => {
  const repository = fresh()
  let parent: string | null = null
  for (const n of [1, 2, 3]) {
    const made = await repository.commit({
      parent,
      message: `m${n}`,
      author,
      changes: [{ path: "a", content: bytes(`${n}`) }],
    })
    parent = made.id
  }
  const page = await repository.log({ limit: 2 })
  expect(page.map((commit) => commit.message)).toEqual(["m3", "m2"])
  const rest = await repository.log({ limit: 2, after: page[1]?.id ?? "" })
  expect(rest.map((commit) => commit.message)).toEqual(["m1"])
  expect(await repository.log({ limit: 2, after: rest[0]?.id ?? "" })).toEqual([])
})

test("a reset moves the branch back only from the commit it expects", async () => {
  const repository = fresh()
  const first = await repository.commit({
    parent: null,
    message: "1",
    author,
    changes: [{ path: "a", content: bytes("1") }],
  })
  const second = await repository.commit({
    parent: first.id,
    message: "2",
    author,
    changes: [{ path: "a", content: bytes("2") }],
  })
  await expect(repository.reset(first.id, null)).rejects.toSatisfy((error) =>
    isFault(error, "conflict"),
  )
  await repository.reset(second.id, first.id)
  expect(await repository.head()).toBe(first.id)
  await repository.reset(first.id, null)
  expect(await repository.head()).toBeNull()
})

test("a removed repository leaves nothing and can be removed again", async () => {
  const id = newId("prj")
  await repositories
    .of(id)
    .commit({ parent: null, message: "1", author, changes: [{ path: "a", content: bytes("1") }] })
  expect(await repositories.list()).toContain(id)
  await repositories.remove(id)
  await repositories.remove(id)
  expect(await repositories.list()).not.toContain(id)
})

test.each([
  "",
  "/etc/passwd",
  "../x",
  "a/../b",
  "a//b",
  "./a",
  "a/",
  ".git/config",
  "a/.GIT/hooks/x",
  "git~1/x",
  ".git\u200c/x",
  "a\nb",
  "a\0b",
  "a\\b",
  "con:x",
  "name.",
  "x ",
  "a/b/c/d/e/f/g/h/i/j/k/l/m",
  "x".repeat(256),
  "\u202egnp.exe",
  ".ｇit/x",
])("the path %j is refused", async (path) => {
  const write = fresh().commit({
    parent: null,
    message: "1",
    author,
    changes: [{ path, content: bytes("1") }],
  })
  await expect(write).rejects.toSatisfy((error) => isFault(error, "path_refused"))
})

test("whatever path is accepted has only plain components", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 40 }), (path) => {
      try {
        checkFilePath(path)
      } catch {
        return true
      }
      return path
        .split("/")
        .every((part) => part !== "" && part !== ".." && part !== "." && !/^\.git$/i.test(part))
    }),
  )
})

test("a file or a commit that is too large is refused with the numbers", async () => {
  const big = fresh().commit({
    parent: null,
    message: "1",
    author,
    changes: [{ path: "a", content: Buffer.alloc(1_048_577) }],
  })
  await expect(big).rejects.toThrow(/1048577 bytes; a file may have 1048576/)
})
