import { access, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { PassThrough, Readable } from "node:stream"
import { buffer } from "node:stream/consumers"
import { gzipSync } from "node:zlib"
import { clockAt, type ManualClock } from "@vibecaas/kernel/clock"
import * as tar from "tar"
import { afterEach, beforeEach, expect, test } from "vitest"
import { type LayerStore, makeLayerStore } from "./layer-store.ts"

let dir = ""
let clock: ManualClock
let store: LayerStore
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "layers-"))
  await mkdir(join(dir, "trees"))
  clock = clockAt("2026-01-01T00:00:00Z")
  store = open()
})
afterEach(() => rm(dir, { recursive: true, force: true }))

/** As a server that starts has it. */
const open = (bytesMax = 1e6) =>
  makeLayerStore({ root: dir, trees: join(dir, "trees"), clock, bytesMax })
const [first, second, third] = ["a", "b", "c"].map((letter) => letter.repeat(64)) as [
  string,
  string,
  string,
]
const read = (name: string) => readFile(join(dir, "trees", name, "file"), "utf8")
const idle = () => clock.advance(31 * 60_000)

async function bytesOf(text: string): Promise<Buffer> {
  const from = await mkdtemp(join(dir, "from-"))
  await writeFile(join(from, "file"), text)
  return buffer(tar.create({ cwd: from, portable: true }, ["."]))
}
const archive = async (text: string) => Readable.from([await bytesOf(text)])

test("a whole layer stays as it is when the same one is sent again", async () => {
  await store.keep(first, await archive("theirs"))
  const again = await archive("again")
  await store.keep(first, again)
  expect(await read(first)).toBe("theirs")
  expect(again.destroyed).toBe(true)
})

test("half a layer is none, and the next one takes its place", async () => {
  await store.keep(first, await archive("one"))
  await rm(join(dir, "trees", first), { recursive: true })
  expect(await store.has(first)).toBe(false)
  await store.keep(first, await archive("two"))
  expect([await store.has(first), await read(first)]).toEqual([true, "two"])
  await rm(join(dir, "notes"), { recursive: true })
  expect(await store.has(first)).toBe(false)
  await store.keep(first, await archive("three"))
  expect([await store.has(first), await read(first)]).toEqual([true, "three"])
  expect(await readdir(join(dir, "unfinished"))).toEqual([])
})

test("a layer is only kept below the limit: those that nobody used make room, those in use do not", async () => {
  const size = (await bytesOf("x".repeat(20_000))).length
  store = open(size * 2.5)
  const large = () => archive("x".repeat(20_000))
  await store.keep(first, await large())
  await store.keep(second, await large())
  await expect(store.keep(third, await large())).rejects.toMatchObject({
    code: "disk_full",
    say: expect.stringContaining("VIBECAAS_PACKAGES_GB"),
  })
  expect(await Promise.all([first, second, third].map(store.has))).toEqual([true, true, false])
  expect(await readdir(join(dir, "unfinished"))).toEqual([])
  idle()
  expect(await store.has(second)).toBe(true)
  await store.keep(third, await large())
  expect(await Promise.all([first, second, third].map(store.has))).toEqual([false, true, true])
  await expect(access(join(dir, "trees", first))).rejects.toMatchObject({ code: "ENOENT" })
})

test("layers that are unpacked at the same time stay below the limit together", async () => {
  const size = (await bytesOf("x".repeat(20_000))).length
  store = open(size * 1.5)
  const [one, two] = [new PassThrough(), new PassThrough()]
  const kept = Promise.allSettled([store.keep(first, one), store.keep(second, two)])
  const bytes = await bytesOf("x".repeat(20_000))
  for (const half of [bytes.subarray(0, size * 0.9), bytes.subarray(size * 0.9)])
    for (const each of [one, two]) if (!each.destroyed) each.write(half)
  for (const each of [one, two]) each.end()
  expect((await kept).map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"])
})

test("what a server left half unpacked is gone when the next one starts", async () => {
  await mkdir(join(dir, "unfinished", "half"), { recursive: true })
  await store.keep(first, await archive("one"))
  expect(await readdir(join(dir, "unfinished"))).toEqual([])
  expect(await readdir(join(dir, "trees"))).toEqual([first])
})

test("a compressed archive, which could become more than was counted, is refused", async () => {
  const small = Readable.from([gzipSync(await bytesOf("x".repeat(500_000)))])
  await expect(store.keep(first, small)).rejects.toMatchObject({ code: "guest_broken" })
  expect(await store.has(first)).toBe(false)
})
