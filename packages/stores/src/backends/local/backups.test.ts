import { readdir } from "node:fs/promises"
import { afterEach, expect, test } from "vitest"
import { simulatorEngine } from "../../engines/simulator/engine.ts"
import { anyEngine } from "../../engines.ts"
import { releaseFor } from "../../suite/world.suite.ts"
import { type LocalWorld, localWorld } from "./testing/local-world.ts"

const versions = { from: "1.0.0", to: "2.0.0" }
let local: LocalWorld
afterEach(() => local.close())

test("of a backup that fails nothing is left; the same one succeeds later", async () => {
  local = await localWorld()
  const { backend } = local
  const world = { engine: anyEngine(simulatorEngine), values: {}, versions }
  const release = releaseFor(world)
  await backend.ensure(release, "none")
  // Its database is not made yet: there is nothing to dump.
  await expect(backend.backup(release, "early")).rejects.toMatchObject({ code: "spawn_failed" })
  const folder = `${local.options.dataRoot}/backups/${release.storeId}`
  expect(await readdir(folder)).toEqual([])
  await backend.exec(release, { name: "migrate" })
  await backend.backup(release, "early")
  expect(await readdir(folder)).toEqual(["early"])
})
