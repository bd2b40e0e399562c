import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { clockAt } from "@vibecaas/kernel/clock"
import { silentLog } from "@vibecaas/kernel/log"
import { afterAll, beforeAll, expect, test } from "vitest"
import { makePictures } from "./pictures.ts"

const clock = clockAt("2026-01-01T00:00:00Z")
let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "pictures-"))
})
afterAll(() => rm(root, { recursive: true, force: true }))
const open = () => makePictures({ root, clock, log: silentLog })

test("a picture is read by its name within its run only, and goes with the run", async () => {
  const pictures = open()
  const name = (await pictures.keep("run_1", Buffer.from("one"))) ?? ""
  expect(await pictures.read("run_1", name)).toEqual(Buffer.from("one"))
  expect(await pictures.read("run_2", name)).toBeUndefined()
  expect(await pictures.read("run_1", `../run_1/${name}`)).toBeUndefined()
  await pictures.removeAll("run_1")
  expect(await pictures.read("run_1", name)).toBeUndefined()
})

test("of a run with very many pictures the newest are kept", async () => {
  const pictures = open()
  const names: string[] = []
  for (let at = 0; at < 103; at++) {
    clock.advance(1000)
    names.push((await pictures.keep("run_3", Buffer.from(`picture ${at}`))) ?? "")
  }
  expect(await readdir(join(root, "run_3"))).toHaveLength(100)
  expect(await pictures.read("run_3", names[0] ?? "")).toBeUndefined()
  expect(await pictures.read("run_3", names[102] ?? "")).toEqual(Buffer.from("picture 102"))
})

test("a picture that cannot be kept stops nobody", async () => {
  await writeFile(join(root, "run_4"), "in the way")
  expect(await open().keep("run_4", Buffer.from("one"))).toBeUndefined()
})
