import { isFault } from "@vibecaas/kernel/fault"
import fc from "fast-check"
import { expect, test } from "vitest"
import { checkFilePath } from "./file-path.ts"
import { bareRepositories, newId, write } from "./testing/bare-repositories.ts"

const its = bareRepositories()

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
  const id = newId("prj")
  const refused = write(its.all.of(id), null, { [path]: "1" })
  await expect(refused).rejects.toSatisfy((error) => isFault(error, "path_refused"))
  expect(await its.all.list()).not.toContain(id)
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
  const full = Buffer.alloc(1_048_576)
  const big = write(its.fresh(), null, { a: Buffer.concat([full, Buffer.from("x")]) })
  await expect(big).rejects.toThrow(/1048577 bytes; a file may have 1048576/)
  const files = Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`f${n}`, full]))
  await expect(write(its.fresh(), null, files)).rejects.toThrow(/one commit may have 20971520/)
})

test.each([
  [
    "a file in place of a folder",
    { src: "1" },
    /^src cannot be written: src is a folder with files/,
  ],
  ["a file below a file", { "notes/today": "1" }, /: notes is a file/],
  ["both in one commit", { k: "1", "k/l": "2" }, /^k cannot be written: k is a folder/],
])("%s is refused, and what was there stays", async (_, files, say) => {
  const repository = its.fresh()
  const first = await write(repository, null, { "src/a.js": "a", "src/b.js": "b", notes: "n" })
  await expect(write(repository, first.id, files)).rejects.toMatchObject({
    code: "path_refused",
    say: expect.stringMatching(say),
  })
  expect((await repository.list(first.id)).map(({ path }) => path)).toEqual([
    ...["notes", "src/a.js", "src/b.js"],
  ])
})

test("a folder takes a file's place, and a file a folder's, once the commit deletes what stood there", async () => {
  const repository = its.fresh()
  const first = await write(repository, null, { "src/a.js": "a", notes: "n" })
  const made = await write(repository, first.id, {
    ...{ "notes/today": "t", notes: null, src: "s", "src/a.js": null },
  })
  const paths = (await repository.list(made.id)).map(({ path }) => path)
  expect(paths).toEqual(["notes/today", "src"])
})
