import { setTimeout as sleep } from "node:timers/promises"
import { afterAll, beforeAll, expect, test } from "vitest"
import { ask, type Person, signIn } from "./api.ts"
import { type Platform, startPlatform } from "./platform.ts"
import { isAlive, killServer, postgresPid, serverPid, untilReady } from "./processes.ts"
import { type Calm, calmRun, momentsOfKills, stormyRun, treeOf } from "./storms.ts"

let platform: Platform
let person: Person
let calm: Calm
beforeAll(async () => {
  platform = await startPlatform()
  person = await signIn(platform)
  calm = await calmRun(person)
})
afterAll(() => platform?.remove())

test("a server killed at two moments of a run ends it with the tree of an undisturbed one", async () => {
  for (const moments of momentsOfKills(1, 2)) await stormyRun({ platform, person }, calm, moments)
}, 300_000)

test("machines outlive a killed server and answer again at once", async () => {
  await killServer(platform)
  await untilReady(platform)
  expect((await ask(platform, calm.previewUrl)).status).toBe(200)
})

test("a killed database comes back by itself, and what was committed is there", async () => {
  const before = await person.call("GET /projects", {})
  const pid = postgresPid(platform)
  process.kill(pid, "SIGKILL")
  while (isAlive(pid)) await sleep(10)
  await untilReady(platform, 30)
  expect(postgresPid(platform)).not.toBe(pid)
  const after = await person.call("GET /projects", {})
  expect(after.items.map(({ id }) => id)).toEqual(before.items.map(({ id }) => id))
})

test("a supervisor killed with everything running is followed by a clean start on the same data", async () => {
  const supervisor = platform.process()
  const server = serverPid(platform)
  supervisor.kill("SIGKILL")
  while (server !== undefined && isAlive(server)) await sleep(20)
  await platform.restart()
  await untilPage(calm.previewUrl)
  expect(await treeOf(person, calm.projectId)).toEqual(calm.tree)
}, 180_000)

async function untilPage(url: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if ((await ask(platform, url)).status === 200) return
    await sleep(100)
  }
  throw new Error(`${url} did not answer`)
}
