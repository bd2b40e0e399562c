import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { deflateRawSync } from "node:zlib"
import { isFault } from "@vibecaas/kernel/fault"
import { run } from "@vibecaas/kernel/spawn"
import fc from "fast-check"
import { expect, test } from "vitest"
import { zipOf } from "../testing/zips.ts"
import { readZip } from "./read-zip.ts"
import { unpackUpload } from "./unpack-upload.ts"

const text = async (archive: Buffer) =>
  Object.fromEntries(
    (await unpackUpload(archive)).map(({ path, content }) => [path, content?.toString()]),
  )
const codeOf = async (archive: Buffer) =>
  unpackUpload(archive).then(
    () => "taken",
    (error) => (isFault(error) ? error.code : error),
  )
/** Where the first entry of the directory begins. */
const directoryOf = (archive: Buffer) => archive.readUInt32LE(archive.length - 22 + 16)

test("what was packed is unpacked the same", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), async (bytes) => {
      const [entry] = readZip(await zipOf({ "a.bin": Buffer.from(bytes), "b.txt": "b" }), 10)
      expect(await entry?.read()).toEqual(Buffer.from(bytes))
    }),
    { numRuns: 30 },
  )
})

test("another program reads what is packed, and what it packs is read", async () => {
  const folder = await mkdtemp(join(tmpdir(), "zips-"))
  try {
    const ours = { "app/ä b.txt": "words ".repeat(500), "app/empty.txt": "" }
    await writeFile(join(folder, "ours.zip"), await zipOf(ours))
    const program = [
      "import zipfile, json",
      "z = zipfile.ZipFile('ours.zip')",
      "assert z.testzip() is None",
      "print(json.dumps({n: z.read(n).decode() for n in z.namelist()}))",
      "t = zipfile.ZipFile('theirs.zip', 'w', zipfile.ZIP_DEFLATED)",
      "t.writestr('site/index.html', 'hello ' * 99)",
      "t.writestr('site/node_modules/x/index.js', 'x')",
      "t.writestr('site/.git/config', 'x')",
      "t.close()",
    ]
    const options = { cwd: folder, env: { PATH: "/usr/local/bin:/usr/bin:/bin" } }
    const { stdout, stderr } = await run(
      "/usr/bin/env",
      ["python3", "-c", program.join("\n")],
      options,
    )
    expect(stderr.toString()).toBe("")
    expect(JSON.parse(stdout.toString())).toEqual(ours)
    expect(await text(await readFile(join(folder, "theirs.zip")))).toEqual({
      "index.html": "hello ".repeat(99),
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

test("a folder around all files is taken off, and one around some stays", async () => {
  expect(await text(await zipOf({ "app/a.txt": "a", "app/b/c.txt": "c" }))).toEqual({
    ...{ "a.txt": "a", "b/c.txt": "c" },
  })
  expect(await text(await zipOf({ "app/a.txt": "a", "b.txt": "b" }))).toEqual({
    ...{ "app/a.txt": "a", "b.txt": "b" },
  })
})

test.each([
  "../out.txt",
  "a/../../out.txt",
  "/etc/passwd",
  "a\\..\\b.txt",
  "x/.GIT/hooks/a",
  "a/git~1/b",
])("an archive with the path %j is refused whole", async (path) => {
  expect(await codeOf(await zipOf({ "fine.txt": "fine", [path]: "bad" }))).toBe("path_refused")
})

test("a link in an archive is refused", async () => {
  const archive = await zipOf({ link: "/etc/passwd", "a.txt": "a" })
  archive.writeUInt32LE((0o120777 << 16) >>> 0, directoryOf(archive) + 38)
  expect(await codeOf(archive)).toBe("path_refused")
})

test("a bomb is refused by what it says, and by what it does", async () => {
  const bomb = await zipOf({ "a.bin": Buffer.alloc(30 * 1024 * 1024) })
  expect(bomb.length).toBeLessThan(100_000)
  expect(await codeOf(bomb)).toBe("too_large")
  bomb.writeUInt32LE(100, directoryOf(bomb) + 24) // it says that it is small
  expect(await codeOf(bomb)).toBe("invalid")
})

test.each([
  ["no archive", () => Buffer.from("hello, this is a text and nothing else")],
  ["nothing", () => Buffer.alloc(0)],
  ["a packed text that is no archive", () => deflateRawSync("x".repeat(100))],
])("%s is refused", async (_, bytes) => {
  expect(await codeOf(bytes())).toBe("invalid")
})

test("an archive with any byte changed or cut off is refused or read, and nothing else", async () => {
  const whole = await zipOf({ "a.txt": "a".repeat(100), "b/c.txt": "c" })
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), fc.boolean(), async (at, byte, cut) => {
      const changed = Buffer.from(cut ? whole.subarray(0, at) : whole)
      if (!cut) changed[at] = byte
      expect(["taken", "invalid", "too_large", "path_refused"]).toContain(await codeOf(changed))
    }),
    { numRuns: 300 },
  )
})
