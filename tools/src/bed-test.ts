import { spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { type TestContext, test } from "vitest"
import { type BedName, bedFolder, bedMissing } from "./beds.ts"

export interface BedWorld {
  /** the bed's own folder, which may be read-only */
  bed: string
  /** an empty folder, removed after the test */
  dir: string
  /** where the bed may keep what it unpacks, from one run to the next */
  cache: string
}

/** A test that lies on a bed; without it the test is skipped and says what it would need. */
export function bedTest(
  name: BedName,
  title: string,
  body: (world: BedWorld, context: TestContext) => Promise<void>,
): void {
  test(title, { timeout: 300_000 }, async (context) => {
    const bed = bedFolder(name, process.env)
    if (bed === undefined) return skip(context, bedMissing(name))
    const dir = mkdtempSync(join(tmpdir(), `bed-${name}-`))
    const cache = resolve(import.meta.dirname, "../../.cache/beds", name)
    mkdirSync(cache, { recursive: true })
    try {
      await body({ bed, dir, cache }, context)
    } finally {
      rmSync(dir, { recursive: true, force: true })
    }
  })
}

function skip({ task, skip }: TestContext, reason: string): void {
  Object.assign(task.meta, { reason })
  skip(reason)
}

/** What a program printed. @throws with its last words when it failed */
export function printed(argv: readonly string[], env: Record<string, string> = {}): string {
  const [program = "", ...rest] = argv
  const options = { encoding: "utf8", env: { ...process.env, ...env }, timeout: 240_000 } as const
  const { status, stdout, stderr, error } = spawnSync(program, rest, options)
  if (status === 0) return stdout
  throw new Error(`${argv.join(" ")}: ${error?.message ?? `${stdout}${stderr}`.slice(-2000)}`)
}

/** The variables that `export A=b C=d` lines set. */
export function exported(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/\b([A-Z][A-Z0-9_]*)=(\S+)/g)].map(([, name = "", value = ""]) => [
      name,
      value,
    ]),
  )
}
