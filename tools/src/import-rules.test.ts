import { spawnSync } from "node:child_process"
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join, resolve } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"

const checkout = resolve(import.meta.dirname, "../..")
let world: string

beforeAll(() => {
  world = mkdtempSync(join(tmpdir(), "import-rules-"))
  for (const file of [
    "tsconfig.json",
    "tsconfig.base.json",
    "package.json",
    "tools/import-rules.cjs",
  ]) {
    mkdirSync(dirname(join(world, file)), { recursive: true })
    cpSync(join(checkout, file), join(world, file))
  }
  symlinkSync(join(checkout, "node_modules"), join(world, "node_modules"))
})
afterAll(() => rmSync(world, { recursive: true, force: true }))

/** What the checker says of a tree that holds only these files. */
function check(files: Record<string, string>): { status: number | null; output: string } {
  for (const room of ["packages", "apps"])
    rmSync(join(world, room), { recursive: true, force: true })
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(world, file)), { recursive: true })
    writeFileSync(join(world, file), text)
  }
  const argv = [
    "--config",
    "tools/import-rules.cjs",
    "--ts-config",
    "tsconfig.json",
    ...Object.keys(files),
  ]
  const result = spawnSync(join(checkout, "node_modules/.bin/depcruise"), argv, {
    cwd: world,
    encoding: "utf8",
  })
  return { status: result.status, output: result.stdout + result.stderr }
}

const server = "apps/control-plane/src"

test("a kind that imports one to its right is refused with the reason", () => {
  const { status, output } = check({
    [`${server}/projects/a.ts`]: `import { b } from "../agents/index.ts"\nexport const a = b\n`,
    [`${server}/agents/index.ts`]: "export const b = 1\n",
  })
  expect(status).not.toBe(0)
  expect(output).toContain("projects-imports-leftwards")
})

test("a kind's file behind its door is refused, types included", () => {
  const { status, output } = check({
    [`${server}/agents/a.ts`]: `import type { B } from "../projects/secret.ts"\nexport type A = B\n`,
    [`${server}/projects/secret.ts`]: "export type B = 1\n",
  })
  expect(status).not.toBe(0)
  expect(output).toContain("agents-uses-doors")
})

test("a dashboard that reaches into the server is refused", () => {
  const { status, output } = check({
    "apps/dashboard/src/a.ts": `import { b } from "../../control-plane/src/db/b.ts"\nexport const a = b\n`,
    [`${server}/db/b.ts`]: "export const b = 1\n",
  })
  expect(status).not.toBe(0)
  expect(output).toContain("dashboard-sees-only-contract")
})

test("files that import each other are refused", () => {
  const { output, status } = check({
    "packages/kernel/src/a.ts": `import { b } from "./b.ts"\nexport const a = () => b\n`,
    "packages/kernel/src/b.ts": `import { a } from "./a.ts"\nexport const b = () => a\n`,
  })
  expect(status).not.toBe(0)
  expect(output).toContain("no-cycles")
})

test("arrows that go the right way pass", () => {
  const { status, output } = check({
    [`${server}/agents/a.ts`]: `import { b } from "../projects/index.ts"\nexport const a = b\n`,
    [`${server}/projects/index.ts`]: "export const b = 1\n",
  })
  expect(output).toContain("no dependency violations found")
  expect(status).toBe(0)
})
