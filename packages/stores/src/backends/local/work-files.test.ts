import { execFileSync } from "node:child_process"
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { notLaid } from "./work-files.ts"

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "work-files-"))
  await mkdir(`${home}/work/etc`, { recursive: true })
  await mkdir(`${home}/files/uploads`, { recursive: true })
  await writeFile(`${home}/work/etc/shop.conf`, "port 80")
  await symlink(`${home}/files/uploads`, `${home}/work/uploads`)
})
afterEach(() => rm(home, { recursive: true, force: true }))

const missing = (text = "port 80") =>
  notLaid(
    { folder: `${home}/work`, ownFolder: `${home}/files/` },
    { workFiles: { "etc/shop.conf": text }, workLinks: { uploads: `${home}/files/uploads` } },
  )
const inItsPlace = async (make: (path: string) => unknown) => {
  await rm(`${home}/work/etc/shop.conf`)
  await make(`${home}/work/etc/shop.conf`)
}

test("files and links that are as the engine wants them need not be laid again", async () => {
  expect(await missing()).toBeUndefined()
  expect(await missing("port 81")).toEqual({ files: { "etc/shop.conf": "port 81" }, links: {} })
})

const file = { files: { "etc/shop.conf": "port 80" }, links: {} }
const link = () => ({ files: {}, links: { uploads: `${home}/files/uploads` } })

test.each<[string, () => Promise<unknown>]>([
  ["a file that is gone", () => inItsPlace(() => {})],
  ["a link to a file with the same text", () => inItsPlace(linkToTheSame)],
  ["a pipe", () => inItsPlace((path) => execFileSync("mkfifo", [path]))],
  ["a folder", () => inItsPlace((path) => mkdir(path))],
])("%s is laid again, and nothing else", async (_, given) => {
  await given()
  expect(await missing()).toEqual(file)
})

test.each<[string, () => Promise<unknown>]>([
  ["a link that is gone", () => rm(`${home}/work/uploads`)],
  [
    "a folder that a link leads to and that is gone",
    () => rm(`${home}/files/uploads`, { recursive: true }),
  ],
])("%s is laid again, and nothing else", async (_, given) => {
  await given()
  expect(await missing()).toEqual(link())
})

async function linkToTheSame(path: string): Promise<void> {
  await writeFile(`${home}/same`, "port 80")
  await symlink(`${home}/same`, path)
}
