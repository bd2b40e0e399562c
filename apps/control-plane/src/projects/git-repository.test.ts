import { readdir } from "node:fs/promises"
import { join } from "node:path"
import { isFault } from "@vibecaas/kernel/fault"
import { expect, test } from "vitest"
import { makeGit } from "./git.ts"
import { bareRepositories, newId, write } from "./testing/bare-repositories.ts"

const its = bareRepositories()

test("a repository nobody wrote to has no head, no log and no files on disk", async () => {
  const id = newId("prj")
  expect(await its.all.of(id).head()).toBeNull()
  expect(await its.all.of(id).log({ limit: 10 })).toEqual([])
  expect(await its.all.list()).not.toContain(id)
})

test("what was committed is listed, read back byte for byte and found by search", async () => {
  const repository = its.fresh()
  const binary = Buffer.from([0, 1, 2, 255, 10, 13])
  const first = await write(repository, null, {
    "server.js": "console.log('a b')\n",
    "public/ünïcode name.txt": binary,
  })
  expect(await repository.head()).toBe(first.id)
  expect((await repository.list(first.id)).map((file) => file.path)).toEqual([
    "public/ünïcode name.txt",
    "server.js",
  ])
  expect((await repository.read(first.id, "public/ünïcode name.txt", 100))?.content).toEqual(binary)
  expect(await repository.read(first.id, "server.js", 7)).toEqual({
    content: Buffer.from("console"),
    truncated: true,
  })
  expect(await repository.read(first.id, "absent", 7)).toBeNull()
  expect(await repository.read(first.id, "public", 7)).toBeNull()
  for (const path of ["../x", "./server.js", "..", "."])
    expect(await repository.read(first.id, path, 7), path).toBeNull()
  expect(await repository.search(first.id, { text: "'a b'" })).toEqual([
    { path: "server.js", line: 1, text: "console.log('a b')" },
  ])
  expect(await repository.search(first.id, { text: ".*" })).toEqual([])
})

test("what can be run as a program is executable in a clone, and nothing else", async () => {
  const id = newId("prj")
  const first = await write(its.all.of(id), null, {
    "run.sh": "#!/bin/sh\n",
    program: Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2]),
    "server.js": "console.log(1)\n",
  })
  const git = makeGit("git")
  const { stdout } = await git(join(its.root, `${id}.git`), ["ls-tree", "-r", first.id])
  const modes = stdout.toString().match(/^\d+|\S+$/gm)
  expect(modes).toEqual(["100755", "program", "100755", "run.sh", "100644", "server.js"])
})

test("a search by pattern is kept to a glob, and a pattern that is wrong or never ends is refused", async () => {
  const repository = its.fresh()
  const files = { "a.js": "let one = 1\n", "lib/b.js": "let two = 2\n", "c.css": "let { }\n" }
  const { id } = await write(repository, null, { ...files, long: `${"a".repeat(5000)}b` })
  const paths = async (text: string, glob?: string) =>
    (await repository.search(id, { text, regex: true, ...(glob ? { glob } : {}) })).map(
      ({ path }) => path,
    )
  expect(await paths("^let \\w+ =")).toEqual(["a.js", "lib/b.js"])
  expect(await paths("^let", "*.css")).toEqual(["c.css"])
  expect(await paths("^let", "lib/**")).toEqual(["lib/b.js"])
  expect(await paths("^let", ":(exclude)x")).toEqual([])
  for (const text of ["(a", "(a+)+$"]) {
    await expect(paths(text)).rejects.toSatisfy((error) => isFault(error, "invalid"))
  }
})

test("a commit on an old parent is a conflict and changes nothing", async () => {
  const repository = its.fresh()
  const first = await write(repository, null, { a: "1" })
  const second = await write(repository, first.id, { a: "2" })
  const late = write(repository, first.id, { b: "3" })
  await expect(late).rejects.toSatisfy((error) => isFault(error, "conflict"))
  const noParent = write(repository, null, { b: "4" })
  await expect(noParent).rejects.toSatisfy((error) => isFault(error, "conflict"))
  expect(await repository.head()).toBe(second.id)
})

test("of writers racing on one parent exactly one wins", async () => {
  const repository = its.fresh()
  const first = await write(repository, null, { a: "0" })
  const races = Array.from({ length: 6 }, (_, i) => write(repository, first.id, { [`f${i}`]: "x" }))
  const settled = await Promise.allSettled(races)
  const won = settled.filter((result) => result.status === "fulfilled")
  expect(won).toHaveLength(1)
  expect((await repository.log({ limit: 10 })).map((commit) => commit.id)).toEqual([
    won[0]?.value.id,
    first.id,
  ])
})

test("a diff tells added, changed and deleted files with their lines", async () => {
  const repository = its.fresh()
  const first = await write(repository, null, { "keep.txt": "one\ntwo\n", "gone.txt": "x\n" })
  const second = await write(repository, first.id, {
    "gone.txt": null,
    "keep.txt": "one\n2\n",
    "new.txt": "diff --git a b\n",
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
  const repository = its.fresh()
  let parent: string | null = null
  for (const n of [1, 2, 3]) {
    const made = await write(repository, parent, { [`f${n}`]: "x" })
    parent = made.id
  }
  const page = await repository.log({ limit: 2 })
  expect(page.map((commit) => commit.message)).toEqual(["changes f3", "changes f2"])
  const rest = await repository.log({ limit: 2, after: page[1]?.id ?? "" })
  expect(rest.map((commit) => commit.message)).toEqual(["changes f1"])
  expect(await repository.log({ limit: 2, after: rest[0]?.id ?? "" })).toEqual([])
})

test("a message cannot forge a commit in the history", async () => {
  const repository = its.fresh()
  const message = `real\x01${"f".repeat(40)}\x00\x00Boss\x000\x00approved`
  const changes = [{ path: "a", content: Buffer.from("1") }]
  const made = await repository.commit({ parent: null, message, author: "Mara\x01", changes })
  const log = await repository.log({ limit: 9 })
  expect(log.map((commit) => commit.id)).toEqual([made.id])
})

test("a version that does not exist is not found, whoever asks for it", async () => {
  const repository = its.fresh()
  const { id } = await write(repository, null, { a: "1" })
  const unknown = "f".repeat(40)
  const asked = [
    () => repository.list(unknown),
    () => repository.diff(unknown, id),
    () => repository.diff(null, unknown),
    () => repository.search(unknown, { text: "x" }),
    () => repository.list("main"),
    () => repository.diff("--output=/tmp/x", id),
    () => its.fresh().list(unknown),
  ]
  for (const ask of asked)
    await expect(ask()).rejects.toSatisfy((error) => isFault(error, "not_found"))
  expect(await repository.read(unknown, "a", 9)).toBeNull()
})

test("a parent that does not exist is a conflict and leaves nothing behind", async () => {
  const id = newId("prj")
  await write(its.all.of(id), null, { a: "1" })
  const files = await readdir(join(its.root, `${id}.git`))
  const attempt = write(its.all.of(id), "f".repeat(40), { a: "2" })
  await expect(attempt).rejects.toSatisfy((error) => isFault(error, "conflict"))
  expect(await readdir(join(its.root, `${id}.git`))).toEqual(files)
})

test("a reset moves the branch back only from the commit it expects", async () => {
  const repository = its.fresh()
  const first = await write(repository, null, { a: "1" })
  const second = await write(repository, first.id, { a: "2" })
  await expect(repository.reset(first.id, null)).rejects.toSatisfy((error) =>
    isFault(error, "conflict"),
  )
  await repository.reset(second.id, first.id)
  expect(await repository.head()).toBe(first.id)
  await repository.reset(first.id, null)
  expect(await repository.head()).toBeNull()
})

test("what is written apart begins where it says, and the project's own branch becomes it only by a reset", async () => {
  const projectId = newId("prj")
  const repository = its.all.of(projectId)
  const first = await write(repository, null, { a: "1" })
  const [red, blue] = [newId("run"), newId("run")].map((name) =>
    its.all.of(projectId, { name, from: first.id }),
  )
  if (!red || !blue) throw new Error("there are two")
  expect([await red.head(), await blue.head()]).toEqual([first.id, first.id])
  const second = await write(red, first.id, { a: "red" })
  const third = await write(blue, first.id, { a: "blue" })
  await expect(write(red, first.id, { a: "late" })).rejects.toSatisfy((error) =>
    isFault(error, "conflict"),
  )
  expect([await repository.head(), await red.head()]).toEqual([first.id, second.id])
  expect((await blue.log({ limit: 9 })).map(({ id }) => id)).toEqual([third.id, first.id])
  expect((await repository.read(third.id, "a", 9))?.content.toString()).toBe("blue")
  await repository.reset(first.id, second.id)
  expect(await repository.head()).toBe(second.id)
  expect(await blue.head()).toBe(third.id)
})

test("of writers who begin a branch at once exactly one wins", async () => {
  const apart = its.all.of(newId("prj"), { name: newId("run"), from: null })
  const racing = ["1", "2", "3"].map((a) => write(apart, null, { a }))
  const won = (await Promise.allSettled(racing)).filter(({ status }) => status === "fulfilled")
  expect(won).toHaveLength(1)
})

test("a removed repository leaves nothing and can be removed again", async () => {
  const id = newId("prj")
  await write(its.all.of(id), null, { a: "1" })
  expect(await its.all.list()).toContain(id)
  await its.all.remove(id)
  await its.all.remove(id)
  expect(await its.all.list()).not.toContain(id)
})

test("a repository of many small files is packed, and every commit can still be read", async () => {
  const id = newId("prj")
  const repository = its.all.of(id)
  const commits: string[] = []
  for (let at = 0; at < 110; at++)
    commits.push((await write(repository, commits.at(-1) ?? null, { a: `${at}`.repeat(9000) })).id)
  await repository.reset(commits.at(-1) ?? null, commits[50] ?? null)
  const objects = join(its.root, `${id}.git`, "objects")
  const loose = async () =>
    (await readdir(objects, { recursive: true })).filter((name) => /^..\/.{38}$/.test(name)).length
  expect(await loose()).toBeGreaterThan(100)
  await its.all.tidy()
  // Of the commits that no branch leads to git leaves the objects as they are.
  expect(await loose()).toBe(59 * 3)
  const last = await its.all.of(id).read(commits.at(-1) ?? "", "a", 1_000_000)
  expect(last?.content.toString()).toBe("109".repeat(9000))
})
