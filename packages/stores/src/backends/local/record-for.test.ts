import { chown, lstat, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { give } from "./record-for.ts"
import { startedByRoot } from "./root.ts"

test.skipIf(!startedByRoot())(
  "a folder whose user somebody else has by now goes to the new one with all its files, and no link leads out",
  async () => {
    const home = await mkdtemp(join(tmpdir(), "give-"))
    onTestFinished(() => rm(home, { recursive: true }))
    const data = join(home, "data")
    await mkdir(join(data, "deep"), { recursive: true })
    await writeFile(join(data, "deep", "store.sqlite"), "")
    await writeFile(join(home, "outside"), "")
    await symlink(join(home, "outside"), join(data, "link"))
    await chown(data, 220_000, 220_000)
    await give(data, 220_003)
    const ownerOf = async (path: string) => (await lstat(join(home, path))).uid
    for (const path of ["data", "data/deep", "data/deep/store.sqlite", "data/link"])
      expect(await ownerOf(path)).toBe(220_003)
    expect(await ownerOf("outside")).toBe(0)
  },
)
