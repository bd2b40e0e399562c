import { spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterEach, expect, test } from "vitest"
import { lintStructure } from "./structure.ts"

const worlds: string[] = []
afterEach(() => {
  for (const world of worlds.splice(0)) rmSync(world, { recursive: true, force: true })
})

/** What is said of a checkout that holds this one file. */
const said = (file: string, text: string) => saidOf({ [file]: text })

/** @param files each one's text by its path */
function saidOf(files: Record<string, string>): string {
  const world = mkdtempSync(join(tmpdir(), "structure-"))
  worlds.push(world)
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(world, file)), { recursive: true })
    writeFileSync(join(world, file), text)
  }
  spawnSync("git", ["init", "-q"], { cwd: world })
  return lintStructure(world).join("\n")
}

const server = "apps/control-plane/src"

test.each([
  ["a timer in a kind", `${server}/secrets/a.ts`, "setTimeout(f, 1)", "timers"],
  ["the network in a kind", `${server}/secrets/a.ts`, "await fetch(url)", "`fetch`"],
  ["the clock in a package", "packages/reconcile/src/a.ts", "Date.now()", "`Date.now`"],
  ["chance in a kind", `${server}/secrets/a.ts`, "Math.random()", "`Math.random`"],
  ["settings in a kind", `${server}/secrets/a.ts`, "process.env.A", "`process.env`"],
  [
    ...["a process in a kind", `${server}/secrets/a.ts`],
    ...[`import { spawn } from "node:child_process"`, "processes"],
  ] as const,
  ["an answer in a use case", `${server}/secrets/a.ts`, "(r: ServerResponse) => r", "HTTP"],
  ["a long file", "packages/kernel/src/a.ts", "\n".repeat(301), "301 lines"],
  ["a file that gathers everything", "packages/kernel/src/utils.ts", "", "name the idea"],
  ["a door without a list", "packages/kernel/src/a.ts", `export * from "./b.ts"`, "export *"],
])("%s is refused", (_, file, text, words) => {
  expect(said(file, text)).toContain(words)
})

test.each([
  [
    "a kind that is handed them",
    `${server}/secrets/a.ts`,
    "parts.fetch(url); socket.setTimeout(1)",
  ],
  ["a comment and a text", `${server}/secrets/a.ts`, '// setTimeout(f)\nconst a = "fetch(url)"'],
  ["a method of that name", `${server}/gateway/a.ts`, "const s = { setTimeout(ms: number) {} }"],
  ["a driver", "packages/microvm/src/drivers/x/a.ts", "setTimeout(f, 1); Date.now()"],
  ["a test", `${server}/secrets/a.test.ts`, "setTimeout(f, 1)"],
  ["a kind's routes", `${server}/secrets/routes.ts`, "(r: ServerResponse) => r"],
])("%s may", (_, file, text) => {
  expect(said(file, text)).toBe("")
})

test("a file that two starters have alike is to be a part; one that differs, or has nothing in it, is not", () => {
  const [blog, poll] = ["starters/blog/files", "starters/poll/files"]
  expect(saidOf({ [`${blog}/web/http.js`]: "same", [`${poll}/web/http.js`]: "same" })).toBe(
    `${poll}/web/http.js: also ${blog}/web/http.js; keep it once, in a folder of starters/parts`,
  )
  const others = { [`${poll}/web/http.js`]: "other", [`${poll}/b/__init__.py`]: "" }
  expect(
    saidOf({ ...others, [`${blog}/web/http.js`]: "same", [`${blog}/b/__init__.py`]: "" }),
  ).toBe("")
})
