import { afterAll, beforeAll, test } from "vitest"
import { type Person, signIn } from "./api.ts"
import { type Platform, startPlatform } from "./platform.ts"
import { type Calm, calmRun, momentsOfKills, stormyRun } from "./storms.ts"

let platform: Platform
let person: Person
let calm: Calm
beforeAll(async () => {
  platform = await startPlatform()
  person = await signIn(platform)
  calm = await calmRun(person)
})
afterAll(() => platform?.remove())

test("a server killed at twenty moments of its runs ends each with the tree of an undisturbed one", async () => {
  for (const moments of momentsOfKills(4, 5)) await stormyRun({ platform, person }, calm, moments)
}, 600_000)
