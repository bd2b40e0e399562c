import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { run } from "./spawn.ts"

let dir: string
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "spawn-"))
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const sh = (script: string, options: Parameters<typeof run>[2] = {}) =>
  run("/bin/sh", ["-c", script], { env: { PATH: "/usr/bin:/bin" }, ...options })

test("a program's output, errors and exit code come back apart", async () => {
  const result = await sh("echo out; echo err >&2; exit 3")
  expect(result).toMatchObject({ exitCode: 3, signal: null, timedOut: false, truncated: false })
  expect(`${result.stdout}`).toBe("out\n")
  expect(`${result.stderr}`).toBe("err\n")
})

test("arguments are handed over as they are: nothing of them is a shell's", async () => {
  const odd = ["$HOME", "; touch x", "a b", "'\"", "*", ""]
  const { stdout } = await run("/usr/bin/printf", ["<%s>", ...odd], { cwd: dir })
  expect(`${stdout}`).toBe(odd.map((each) => `<${each}>`).join(""))
  expect(existsSync(join(dir, "x"))).toBe(false)
})

test("nothing of our environment is inherited", async () => {
  const { stdout } = await run("/usr/bin/env", [], { env: { ONLY: "this" } })
  expect(`${stdout}`).toBe("ONLY=this\n")
  expect(`${(await run("/usr/bin/env", [])).stdout}`).toBe("")
})

test("what is given as input is read to its end, and a program that reads none still ends well", async () => {
  expect(`${(await sh("cat", { stdin: "a\nb" })).stdout}`).toBe("a\nb")
  const unread = await sh("exit 0", { stdin: Buffer.alloc(1024 * 1024) })
  expect(unread.exitCode).toBe(0)
})

test("output beyond the limit is dropped and said to be cut, and the program still ends", async () => {
  const { stdout, stderr, truncated, exitCode } = await sh(
    "head -c 300000 /dev/zero; echo short >&2",
    { maxOutputBytes: 1000 },
  )
  expect([stdout.length, `${stderr}`, truncated, exitCode]).toEqual([1000, "short\n", true, 0])
  const exact = await sh("head -c 1000 /dev/zero", { maxOutputBytes: 1000 })
  expect([exact.stdout.length, exact.truncated]).toEqual([1000, false])
})

test("a program that takes too long is killed, also one that will not hear it", async () => {
  const result = await sh("trap '' TERM; exec sleep 60", { timeoutMs: 100 })
  expect(result).toMatchObject({ exitCode: null, signal: "SIGKILL", timedOut: true })
})

test("an aborted run rejects, and its program is gone", async () => {
  const control = new AbortController()
  const running = sh("echo $$ > pid; exec sleep 60", { cwd: dir, signal: control.signal })
  setTimeout(() => control.abort(), 100)
  await expect(running).rejects.toThrow("aborted")
})

test("a program that is not there is an error with its code, not a result", async () => {
  await expect(run("/nowhere/program", [])).rejects.toMatchObject({ code: "ENOENT" })
})
