import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { lockInstance } from "./instance-lock.ts"
import { readSecrets } from "./secrets.ts"

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "main-"))
})
afterAll(() => rm(directory, { recursive: true, force: true }))

test("a second holder is told who runs, and takes over once the first has let go", async () => {
  const first = await lockInstance(directory, { pid: 1, url: "http://one" })
  const second = await lockInstance(directory, { pid: 2, url: "http://two" })
  expect(second).toEqual({ taken: false, running: { pid: 1, url: "http://one" } })
  if (first.taken) await first.release()
  const third = await lockInstance(directory, { pid: 3, url: "http://three" })
  expect(third.taken).toBe(true)
  if (third.taken) await third.release()
})

test("a stale lock of a killed process is not a holder", async () => {
  await writeFile(join(directory, "instance.sock"), "")
  const lock = await lockInstance(directory, { pid: 4, url: "http://four" })
  expect(lock.taken).toBe(true)
  if (lock.taken) await lock.release()
})

test("secrets are made once, readable by nobody else, and the same at the next start", async () => {
  const place = join(directory, "secrets")
  const first = await readSecrets(place, undefined)
  expect(await readSecrets(place, undefined)).toEqual(first)
  expect((await stat(join(place, "master.key"))).mode & 0o777).toBe(0o600)
  expect(new Set(Object.values({ ...first, ...first.databasePasswords })).size).toBeGreaterThan(5)
})

test("a damaged key is refused, not replaced", async () => {
  const place = join(directory, "damaged")
  await readSecrets(place, undefined)
  await writeFile(join(place, "master.key"), "half")
  await expect(readSecrets(place, undefined)).rejects.toThrow(/is damaged/)
  expect(await readFile(join(place, "master.key"), "utf8")).toBe("half")
})

test("an operator's master key is taken from their file in hex or base64", async () => {
  const file = join(directory, "operator.key")
  const bytes = Buffer.alloc(32, 7)
  await writeFile(file, bytes.toString("base64"))
  expect((await readSecrets(join(directory, "other"), file)).masterKey).toBe(bytes.toString("hex"))
  await writeFile(file, "too short")
  await expect(readSecrets(join(directory, "other"), file)).rejects.toThrow(/32 bytes/)
})
