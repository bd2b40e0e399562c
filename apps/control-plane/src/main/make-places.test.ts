import { chmod, mkdtemp, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { makePlaces } from "./make-places.ts"
import { placesOf } from "./places.ts"

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "places-"))
})
afterAll(() => rm(root, { recursive: true, force: true }))

test("places are made several levels deep, and again without harm", async () => {
  const places = placesOf(join(root, "a/b/c"))
  await makePlaces(places)
  await chmod(places.machines, 0o700)
  await makePlaces(places)
  expect((await stat(places.runtime)).isDirectory()).toBe(true)
  expect((await stat(places.machines)).mode & 0o777).toBe(0o700)
})

test("a place where nothing can be made is refused with a sentence", async () => {
  const file = join(root, "file")
  await writeFile(file, "")
  for (const impossible of [join(file, "data"), "/proc/vibecaas/data", "/proc/self/data"]) {
    await expect(makePlaces(placesOf(impossible))).rejects.toMatchObject({
      code: "unavailable",
      say: expect.stringContaining(`VIBECAAS_DATA: ${impossible} cannot be used`),
    })
  }
})
