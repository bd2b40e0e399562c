import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { cells, killAt, removeAll } from "./testing/kill-cells.ts"
import { type KillWorld, killWorld, victims } from "./testing/kill-world.ts"

let world: KillWorld
const outcomes = new Map<string, string>()
beforeAll(async () => {
  world = await killWorld()
})
afterAll(async () => {
  await world?.close()
  const table = tableOf()
  process.stdout.write(`${table}\n`)
  const folder = join(import.meta.dirname, "../../../../.cache")
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, "store-kills.md"), table)
})

test.for(victims.flatMap((victim) => cells.map((cell) => ({ ...cell, victim }))))(
  "with the $victim killed at the step “$step”, the work “$work” comes to its end all the same",
  async (cell, context) => {
    if (cell.victim === "database" && world.lacks !== undefined) return context.skip(world.lacks)
    const outcome = await killAt(world, cell)
    outcomes.set(`${cell.work} ${cell.step} ${cell.victim}`, outcome)
    expect(outcome).toMatch(/^(done$|gone)/)
  },
)

test("stores that went through it are deleted at last, and nothing is left of them", () =>
  removeAll(world))

/** As Markdown: a row for each step, in the order in which a work takes them. */
function tableOf(): string {
  const sorted = cells.toSorted((a, b) => works.indexOf(a.work) - works.indexOf(b.work))
  const lines = sorted.map(({ work, step }) => {
    const of = victims.map((victim) => outcomes.get(`${work} ${step} ${victim}`) ?? "not run")
    return `| ${[work, step, ...of].join(" | ")} |`
  })
  return [`| work | step | ${victims.join(" | ")} |`, "|---|---|---|---|---|", ...lines].join("\n")
}
const works = ["upgrade", "upgrade_beside", "rollback", "backup", "restore", "delete"]
