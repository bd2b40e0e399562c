import { readFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { readCassette } from "../src/agents/cassettes/cassette.ts"
import type { AgentsWorld } from "../src/agents/testing/agents-world.ts"
import { sandboxMachines } from "../src/agents/testing/sandbox-machines.ts"
import { npmHere, whyNoNpm } from "../src/apps/testing/npm-here.ts"
import { inWords } from "./departures.ts"
import { departuresOf, replayRun, replayWorld } from "./replay-run.ts"

/** What a lock file names comes the same each time; what is installed by name may be newer by then. */
const names = ["simulated-react", "simulated-react-changed"]
const folder = join(import.meta.dirname, "cassettes/stacks")
const cassettes = names.map((name) =>
  readCassette(readFileSync(join(folder, `${name}.json`), "utf8")),
)

const registry = await npmHere()
const reason = registry === undefined ? whyNoNpm : ""

let world: AgentsWorld
beforeAll(async () => {
  if (registry === undefined) return
  world = await replayWorld(cassettes, {
    machines: (repositories, db) => sandboxMachines(repositories, db, registry),
  })
})
afterAll(() => world?.close())

test
  .skipIf(registry === undefined)
  .each(cassettes.map((cassette, at) => [names[at], cassette] as const))(
  `%s happens again as it was recorded, with its packages and its build${reason}`,
  async (_, cassette) => {
    const played = await replayRun(world, cassette)
    expect(departuresOf(cassette, played).map(inWords).join("\n\n")).toBe("")
  },
  900_000,
)
