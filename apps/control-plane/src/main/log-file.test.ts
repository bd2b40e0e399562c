import { writeSync } from "node:fs"
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { clockAt } from "@vibecaas/kernel/clock"
import { afterAll, beforeAll, expect, test, vi } from "vitest"
import { openLogFile } from "./log-file.ts"

let path: string
beforeAll(async () => {
  path = join(await mkdtemp(join(tmpdir(), "log-")), "platform.log")
})
afterAll(() => rm(join(path, ".."), { recursive: true, force: true }))

test("a log that grew too long moves aside, and its writers go on in an empty file", async () => {
  const clock = clockAt("2026-01-01T00:00:00Z")
  await writeFile(path, "from before\n", { mode: 0o600 })
  const log = await openLogFile({ path, bytesMax: 30, clock })
  writeSync(log.fd, "a long line of this start\n")
  await vi.waitFor(async () => {
    clock.advance(60_000)
    expect((await stat(path)).size).toBe(0)
  })
  expect(await readFile(`${path}.1`, "utf8")).toBe("from before\na long line of this start\n")
  expect((await stat(`${path}.1`)).mode & 0o777).toBe(0o600)
  writeSync(log.fd, "next\n")
  expect(await readFile(path, "utf8")).toBe("next\n")
  await log.close()
})
