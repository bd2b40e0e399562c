import { afterAll, beforeAll, expect, test } from "vitest"
import { type Cell, killAt } from "./testing/kill-cells.ts"
import { type KillWorld, killWorld } from "./testing/kill-world.ts"

// Some of the cells of `kills.long.test.ts`, which has them all.
let world: KillWorld
beforeAll(async () => {
  world = await killWorld()
})
afterAll(() => world?.close())

test.for<Cell & { outcome: string }>([
  { work: "upgrade", step: "upgrade", victim: "server", outcome: "done" },
  { work: "rollback", step: "restore", victim: "shop", outcome: "done" },
  { work: "delete", step: "last backup", victim: "server", outcome: "gone, with its last backup" },
])(
  "with the $victim killed at the step “$step”, the work “$work” ends: $outcome",
  async ({ outcome, ...cell }) => expect(await killAt(world, cell)).toBe(outcome),
)
