import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type CheckoutCopy, copyCheckout } from "./checkout-copy.ts"

/**
 * Follows docs/recipes/add-a-kind.md with a kind of its own, the gadgets below `toy-kind/`, and
 * docs/recipes/add-a-driver.md with a VM driver and a provider of models.
 */
const toy = join(import.meta.dirname, "toy-kind")
const server = "apps/control-plane/src"
const minutes = 60_000
let copy: CheckoutCopy
let edited: { kind: string[]; provider: string[]; driver: string[] }

beforeAll(() => {
  copy = copyCheckout()
  addFiles()
  addMigration()
  makeEdits()
  const kind = copy.edited()
  addProvider()
  const provider = copy.edited().slice(kind.length)
  addDriver()
  edited = { kind, provider, driver: copy.edited().slice(kind.length + provider.length) }
}, 2 * minutes)
afterAll(() => copy.remove())

function addFiles(): void {
  for (const entry of readdirSync(toy, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const file = path.slice(toy.length + 1).replace(/\.txt$/, "")
    if (entry.isFile() && !file.endsWith(".sql")) copy.add(file, readFileSync(path, "utf8"))
  }
  copy.add(
    "vitest.config.ts",
    `const globalSetup = "${server}/db/testing/global-setup.ts"
export default { test: { globalSetup, testTimeout: ${minutes}, hookTimeout: ${minutes} } }\n`,
  )
}

/** What drizzle-kit would write, with the next number. */
function addMigration(): void {
  const folder = join(copy.root, server, "db/migrations")
  const journal = JSON.parse(readFileSync(join(folder, "meta/_journal.json"), "utf8"))
  const idx: number = journal.entries.length
  const tag = `${String(idx).padStart(4, "0")}_gadgets`
  const when: number = journal.entries.at(-1).when + 1
  const sql = readFileSync(join(toy, server, "db/migrations/gadgets.sql.txt"), "utf8")
  copy.add(`${server}/db/migrations/${tag}.sql`, sql)
  journal.entries.push({ idx, version: "7", when, tag, breakpoints: true })
  // Generated, so it does not count as an edit.
  copy.replace(`${server}/db/migrations/meta/_journal.json`, JSON.stringify(journal))
}

/** Every file of others that a new kind with these routes needs changed. */
function makeEdits(): void {
  const declared = "packages/contract/src/kinds.ts"
  copy.edit(declared, { at: "import { merged }", put: kindImport("./kinds/gadgets.ts", "gadgets") })
  copy.edit(declared, { at: "  agents,\n", put: "  gadgets,\n" })
  const composed = `${server}/main/kinds.ts`
  const made = 'makeGadgets({ ...shared, due: () => due("gadgets") })'
  copy.edit(composed, { at: "import ", put: kindImport("../gadgets/index.ts", "makeGadgets") })
  copy.edit(composed, { at: "    agents: ", put: `    gadgets: ${made},\n` })
  const shown = "apps/dashboard/src/kinds.ts"
  copy.edit(shown, { at: "import { machines", put: kindImport("./gadgets/kind.ts", "gadgetsKind") })
  copy.edit(shown, { at: "  machinesKind,\n", put: "  gadgetsKind,\n" })
  copy.edit(shown, {
    at: "import { machines",
    put: kindImport("./gadgets/deeds.ts", "gadgetsDeeds"),
  })
  copy.edit(shown, { at: "  machinesDeeds,\n", put: "  gadgetsDeeds,\n" })
  copy.edit("docs/glossary.md", {
    at: "| **kind**",
    put: "| **gadget** | What the recipe makes. |\n",
  })
}

function addProvider(): void {
  const list = `${server}/agents/models/providers.ts`
  copy.edit(list, { at: "import type", put: kindImport("./toy.ts", "toy") })
  copy.edit(list, { at: "  openai,\n", put: "  toy,\n" })
}

function addDriver(): void {
  const list = "packages/microvm/src/drivers.ts"
  copy.edit(list, { at: "import type", put: kindImport("./drivers/toy/driver.ts", "openToy") })
  copy.edit(list, { at: "]\n", put: ", openToy" })
}

const kindImport = (from: string, name: string) => `import { ${name} } from "${from}"\n`

test("a kind with a screen needs four edits to files of others, and its migration", () => {
  expect(edited.kind).toHaveLength(4)
})

test("a VM driver needs one edit besides its folder", () => {
  expect(edited.driver).toEqual(["packages/microvm/src/drivers.ts"])
})

test("a provider of models needs one edit besides its package, and is in the help at once", () => {
  expect(edited.provider).toEqual([`${server}/agents/models/providers.ts`])
  expect(copy.node(`${server}/main/start.ts`, "--help").output).toMatch(/TOY_API_KEY +key for toy/)
})

test(
  "all compile",
  () => {
    for (const project of ["tsconfig.json", "apps/dashboard/tsconfig.check.json"]) {
      expect(copy.node("node_modules/typescript-7/bin/tsc", "-p", project).output).toBe("")
    }
  },
  4 * minutes,
)

test(
  "the kind runs: its routes, its loop, its limit, its table and its page; the driver boots machines",
  () => {
    const { status, output } = copy.node(
      ...["node_modules/vitest/vitest.mjs", "run", "--no-color"],
      ...[`${server}/gadgets`, `${server}/db/guards.test.ts`, `${server}/db/migrations.test.ts`],
      ...["apps/dashboard/src/shell/pages.test.ts", "packages/microvm/src/drivers/toy"],
    )
    expect(output).toMatch(/Test Files +5 passed/)
    expect(status, output).toBe(0)
  },
  4 * minutes,
)

test(
  "its routes are in the matrix of permissions, for every role, for keys, for strangers and for nobody",
  () => {
    const { status, output } = copy.node(
      ...["node_modules/vitest/vitest.mjs", "run", "--no-color", "-t", "gadgets"],
      ...[`${server}/http/matrix.test.ts`, `${server}/http/matrix.long.test.ts`],
    )
    // Four routes, each for all who may not and the lowest who may; twelve times somebody who may, and four times a key.
    expect(output).toMatch(/Tests +20 passed/)
    expect(status, output).toBe(0)
  },
  4 * minutes,
)
