import { spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"

interface Result {
  results: { id: string; why: string | null }[]
}

test("a project begins with each starter, and its first page opens on a phone", {
  timeout: 1_200_000,
}, () => {
  const dir = mkdtempSync(join(tmpdir(), "starters-"))
  const out = join(dir, "result.json")
  try {
    const command = ["evaluation/src/evaluate.ts", "--starters", "--out", out]
    const ran = spawnSync(process.execPath, command, { encoding: "utf8", timeout: 1_190_000 })
    expect(ran.status, `${ran.stdout}${ran.stderr}`).toBe(0)
    const { results } = JSON.parse(readFileSync(out, "utf8")) as Result // written by our own command
    expect(results.length).toBeGreaterThan(0)
    expect(results.filter(({ why }) => why !== null)).toEqual([])
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
})
