import { spawnSync } from "node:child_process"
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join, resolve } from "node:path"
import { kinds } from "@vibecaas/contract/kinds"
import { afterAll, beforeAll, expect, test } from "vitest"

const checkout = resolve(import.meta.dirname, "../..")
const server = "apps/control-plane/src"
let world: string
let refusals: string
const door = "export const it = 1\nexport type S = 1\n"

/** A tree in which somebody breaks every rule once. */
const breaches: Record<string, string> = {
  "packages/contract/src/kinds.ts": "export const kinds = {\n  audit,\n  projects,\n  agents,\n}\n",
  ...importing(`${server}/projects/right.ts`, `${server}/agents/index.ts`),
  ...importing(`${server}/agents/unlisted.ts`, `${server}/secrets/index.ts`),
  ...importing(`${server}/secrets/inside.ts`, `${server}/projects/secret.ts`),
  ...importing(`${server}/agents/http.ts`, `${server}/http/index.ts`),
  ...importing(`${server}/agents/main.ts`, `${server}/main/index.ts`),
  ...importing(`${server}/gateway/kind.ts`, `${server}/agents/index.ts`),
  ...importing(`${server}/core/kind.ts`, `${server}/agents/index.ts`),
  ...importing(`${server}/core/http.ts`, `${server}/http/index.ts`),
  ...importing(`${server}/http/kind.ts`, `${server}/agents/index.ts`),
  ...importing("apps/dashboard/src/a.ts", `${server}/db/b.ts`),
  ...importing("packages/secrets/src/a.ts", "packages/ledger/src/b.ts"),
  [`${server}/agents/types.ts`]: `import type { S } from "../projects/secret.ts"\nexport type A = S\n`,
  "packages/kernel/src/a.ts": `import { b } from "./b.ts"\nexport const a = () => b\n`,
  "packages/kernel/src/b.ts": `import { a } from "./a.ts"\nexport const b = () => a\n`,
}

function importing(from: string, to: string): Record<string, string> {
  const path = `${"../".repeat(from.split("/").length - 1)}${to}`
  return { [from]: `import { it } from "${path}"\nexport const a = it\n`, [to]: door }
}

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
  refusals = check(breaches).output
})
afterAll(() => rmSync(world, { recursive: true, force: true }))

/** What the checker says of a tree that holds only these files. */
function check(files: Record<string, string>): { status: number | null; output: string } {
  for (const folder of ["packages", "apps"])
    rmSync(join(world, folder), { recursive: true, force: true })
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(world, file)), { recursive: true })
    writeFileSync(join(world, file), text)
  }
  const config = ["--config", "tools/import-rules.cjs", "--ts-config", "tsconfig.json"]
  const argv = [...config, ...Object.keys(files)]
  const result = spawnSync(join(checkout, "node_modules/.bin/depcruise"), argv, {
    cwd: world,
    encoding: "utf8",
  })
  return { status: result.status, output: result.stdout + result.stderr }
}

test.each([
  ["a kind that imports one to its right", "projects-imports-leftwards", "projects/right.ts"],
  ["a kind that imports one nobody gave a place", "agents-imports-leftwards", "agents/unlisted.ts"],
  ["a kind's file behind its door", "secrets-uses-doors", "secrets/inside.ts"],
  ["a type behind a kind's door", "agents-uses-doors", "agents/types.ts"],
  ["a kind that imports http/", "kinds-import-no-http", "agents/http.ts"],
  ["a kind that imports main/", "kinds-import-no-http", "agents/main.ts"],
  ["a gateway that knows a kind", "gateway-imports-no-kind", "gateway/kind.ts"],
  ["a core that knows a kind", "core-imports-no-kind", "core/kind.ts"],
  ["a core that knows http/", "core-is-low", "core/http.ts"],
  ["an http/ that knows a kind", "http-imports-no-kind", "http/kind.ts"],
])("%s is refused", (_, rule, file) => {
  expect(refusals).toContain(`error ${rule}: ${server}/${file}`)
})

test("a dashboard that reaches into the server is refused", () => {
  expect(refusals).toContain("error dashboard-sees-only-contract: apps/dashboard/src/a.ts")
})

test("a package that imports a neighbour is refused, also one that is new", () => {
  expect(refusals).toContain("error packages-stand-alone: packages/secrets/src/a.ts")
})

test("files that import each other are refused", () => {
  expect(refusals).toContain("error no-cycles: packages/kernel/src/")
})

test("arrows that go the right way pass", () => {
  const { status, output } = check({
    "packages/contract/src/kinds.ts": breaches["packages/contract/src/kinds.ts"] ?? "",
    ...importing(`${server}/agents/a.ts`, `${server}/projects/index.ts`),
    ...importing(`${server}/secrets/a.ts`, `${server}/agents/index.ts`),
    ...importing(`${server}/main/a.ts`, `${server}/secrets/index.ts`),
    ...importing("packages/ledger/src/a.ts", "packages/kernel/src/b.ts"),
  })
  expect(output).toContain("no dependency violations found")
  expect(status).toBe(0)
})

test("every folder of the server is a kind of the contract or a room", () => {
  const rules = readFileSync(join(checkout, "tools/import-rules.cjs"), "utf8")
  const rooms = /const rooms = \[([^\]]*)\]/.exec(rules)?.[1] ?? ""
  const folders = readdirSync(join(checkout, server), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
  const known = [...Object.keys(kinds), ...(rooms.match(/\w+/g) ?? [])]
  expect(folders.filter((folder) => !known.includes(folder))).toEqual([])
})
