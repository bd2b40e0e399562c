import { constants, mkdtempSync, openSync, readFileSync, readSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { linesTo } from "./lines-to.ts"
import { bestEffort, makeLog } from "./log.ts"
import { run } from "./spawn.ts"

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "log-"))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test("a log on a full disk throws nothing, from whichever of its methods", async () => {
  const log = makeLog({ level: "debug", fd: openSync("/dev/full", "w") })
  for (const each of [log, log.child({ loop: "runs" })]) {
    each.debug({}, "one")
    each.info({}, "two")
    each.warn({ err: new Error("three") }, "three")
    each.error({}, "four")
  }
  const failing = bestEffort(log, "fail", () => {
    throw new Error("no")
  })
  expect(await failing).toBeUndefined()
})

test("what cannot be written as JSON costs its fields and not the line", () => {
  const file = join(folder, "log")
  const log = makeLog({ level: "info", fd: openSync(file, "w") })
  const hostile = {
    toJSON() {
      throw new Error("not me")
    },
  }
  log.info({ hostile }, "a sentence")
  expect(readFileSync(file, "utf8")).toContain("a sentence")
})

test("how many lines were lost is told by the first that can be written", async () => {
  const pipe = join(folder, "pipe")
  await run("/usr/bin/mkfifo", [pipe])
  const fd = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK)
  const lines = linesTo(fd)
  const kibibyte = `${"x".repeat(1023)}\n`
  for (let i = 0; i < 70; i++) lines.write(kibibyte)
  const full = Buffer.alloc(70 * 1024)
  expect(readSync(fd, full)).toBe(64 * 1024)
  lines.write("second\n")
  const heard = full.subarray(0, readSync(fd, full)).toString()
  const [note = "", second] = heard.split("\n")
  expect(JSON.parse(note)).toMatchObject({ level: 40, lost: 6 })
  expect(second).toBe("second")
})
