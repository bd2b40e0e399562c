import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, expect, test } from "vitest"
import { logPath, openLog, readLogs, rotateLogs } from "./logs.ts"
import { settingsIn } from "./testing/datastore-world.ts"

const storeId = `sto_${"a".repeat(26)}`
let dir = ""
afterEach(() => rm(dir, { recursive: true, force: true }))

test("a log that grew long is begun anew while its program goes on writing, and the one before is kept", async () => {
  dir = await mkdtemp(join(tmpdir(), "logs-"))
  const settings = { ...settingsIn(dir), logBytesMax: 100 }
  const path = logPath(settings, storeId, "shop")
  await mkdir(join(path, ".."), { recursive: true })
  const program = await openLog(settings, storeId, "shop")
  try {
    await program.write(`${"before ".repeat(20)}\n`)
    await rotateLogs(settings, storeId)
    await program.write("after\n")
  } finally {
    await program.close()
  }
  const read = async (of?: string) =>
    (await readLogs(settings, storeId, { linesMax: 10, ...(of ? { of } : {}) })).lines
  expect(await read("shop")).toEqual([{ of: "shop", text: "after" }])
  expect(await readFile(`${path}.1`, "utf8")).toMatch(/^before before/)
})
