import { mkdtemp, readdir, readlink, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { run } from "@vibecaas/kernel/spawn"
import { afterEach, beforeEach, expect, test } from "vitest"

let cache: string
beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), "vibecaas-compiled-"))
})
afterEach(() => rm(cache, { recursive: true, force: true }))

/** What a process answers that lends to the account 65534. */
async function lentBy(env: Record<string, string>): Promise<string> {
  const script = `
    const { lendCompiled } = await import(${JSON.stringify(join(import.meta.dirname, "lend-compiled.ts"))})
    process.stdout.write(String(await lendCompiled({ uid: 65534, gid: 65534 })))`
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", script], { env })
  return stdout.toString()
}

test("what one user's Node compiled is found under another's number", async () => {
  expect(await lentBy({ NODE_COMPILE_CACHE: cache })).toBe(cache)
  expect(await lentBy({ NODE_COMPILE_CACHE: cache })).toBe(cache)
  const lent = (await readdir(cache)).find((name) => name.endsWith("-65534")) ?? ""
  const own = await readlink(join(cache, lent))
  expect(await readdir(cache)).toContain(own)
  expect(own.replace(/-\d+$/, "")).toBe(lent.replace(/-65534$/, ""))
})

test("without a cache nothing is lent", async () => {
  expect(await lentBy({})).toBe("undefined")
})
