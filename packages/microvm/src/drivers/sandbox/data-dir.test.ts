import {
  chmod,
  link,
  lstat,
  mkdir,
  mkdtemp,
  realpath,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { prepareDataDir, removeDataDir } from "./data-dir.ts"

const isRoot = process.getuid?.() === 0
const refused = { code: "data_dir_refused" }

let dir = ""
let root = ""
beforeEach(async () => {
  dir = await realpath(await mkdtemp(join(tmpdir(), "vm-data-")))
  root = `${dir}/root`
  await mkdir(root)
})
afterEach(() => rm(dir, { recursive: true, force: true }))

test("a data directory is made below the root, closed to others", async () => {
  await prepareDataDir(root, `${root}/organization/machine`)
  expect((await lstat(`${root}/organization/machine`)).mode & 0o777).toBe(0o700)
})

test("a link anywhere on the way is refused, also for removal", async () => {
  await mkdir(`${dir}/elsewhere/machine`, { recursive: true })
  await symlink(`${dir}/elsewhere`, `${root}/link`)
  await symlink(`${dir}/elsewhere/machine`, `${root}/machine`)
  for (const path of [`${root}/link/machine`, `${root}/machine`]) {
    await expect(prepareDataDir(root, path)).rejects.toMatchObject(refused)
    await expect(removeDataDir(root, path)).rejects.toMatchObject(refused)
  }
  expect((await lstat(`${dir}/elsewhere/machine`)).isDirectory()).toBe(true)
})

test("a directory on the way that others may write to is refused", async () => {
  await mkdir(`${root}/open`)
  await chmod(`${root}/open`, 0o777)
  await expect(prepareDataDir(root, `${root}/open/machine`)).rejects.toMatchObject(refused)
})

test.skipIf(!isRoot)("files change hands; links and shared files do not [needs root]", async () => {
  const machine = `${root}/machine`
  await mkdir(`${machine}/sub`, { recursive: true })
  await writeFile(`${machine}/sub/file`, "x")
  await writeFile(`${dir}/outside`, "x")
  await link(`${dir}/outside`, `${machine}/shared`)
  await symlink(`${dir}/outside`, `${machine}/link`)
  await prepareDataDir(root, machine, { uid: 219_700, mayTakeFrom: (uid) => uid === 0 })
  const owner = async (path: string) => (await lstat(path)).uid
  expect(await owner(`${machine}/sub/file`)).toBe(219_700)
  expect(await owner(machine)).toBe(219_700)
  expect(await owner(`${dir}/outside`)).toBe(0)
})
