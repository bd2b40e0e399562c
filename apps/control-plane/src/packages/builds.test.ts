import { systemClock } from "@vibecaas/kernel/clock"
import { makeNewId } from "@vibecaas/kernel/id"
import { afterAll, beforeAll, expect, test } from "vitest"
import { anySignal, type PackageWorld, packageWorld } from "./testing/package-world.ts"

const nobody = "http://127.0.0.1:9"
let world: PackageWorld
beforeAll(async () => {
  world = await packageWorld(nobody, {
    starters: async () => [{ id: "builder", files: asFiles(builder) }],
  })
})
afterAll(() => world?.close())

const newId = makeNewId(systemClock)
const newProject = () => newId("prj")

/** What it builds is another each time. */
const builder = {
  "package.json": JSON.stringify({
    scripts: { build: "node make.mjs" },
    buildWithout: ["settings.json", "test"],
  }),
  "make.mjs": `import { existsSync, writeFileSync } from "node:fs"
const left = ["settings.json", "test/a.txt"].filter((path) => existsSync(path))
writeFileSync("made.txt", crypto.randomUUID() + left)`,
  "settings.json": "{}",
  "test/a.txt": "a",
}
const asFiles = (files: Record<string, string>) =>
  Object.entries(files).map(([path, text]) => ({ path, content: Buffer.from(text) }))

test("the build of a starter's files is everybody's, whatever was left out of it; that of others is their project's own", async () => {
  const made = async (files: Record<string, string>) => {
    const projectId = newProject()
    const of = { projectId, commit: await world.push(projectId, { ...builder, ...files }) }
    await world.packages.prepare(of, anySignal)
    const guest = await world.machine()
    await world.packages.use(guest, { ...of, folder: "/workspace", built: true })
    return String(await guest.readFile("/workspace/made.txt", 100))
  }
  const [first, again] = [await made({}), await made({ "settings.json": "[1]", "test/b.txt": "b" })]
  expect(first).toMatch(/^[0-9a-f-]{36}$/)
  expect(again).toBe(first)
  const [mine, yours] = [await made({ "more.txt": "1" }), await made({ "more.txt": "1" })]
  expect(new Set([first, mine, yours]).size).toBe(3)
})

test("what a build lacks since package.json leaves it out is said, and so is a list of another form", async () => {
  const failureOf = async (manifest: object) => {
    const projectId = newProject()
    const files = { "package.json": JSON.stringify(manifest), "server/a.txt": "a" }
    const of = { projectId, commit: await world.push(projectId, files) }
    return world.packages.prepare(of, anySignal).catch(({ say }) => say)
  }
  const scripts = { build: "cat server/a.txt" }
  expect(await failureOf({ scripts, buildWithout: ["server"] })).toContain("“buildWithout”")
  expect(await failureOf({ scripts, buildWithout: "server" })).toContain("is a list of paths")
})

test("a commit whose build was not asked for is not ready once it is", async () => {
  const projectId = newProject()
  const of = { projectId, commit: await world.push(projectId, { ...builder, "own.txt": "1" }) }
  expect(await world.packages.look({ ...of, built: false })).toEqual({ is: "ready" })
  expect(await world.packages.look(of)).toMatchObject({ is: "missing" })
})

test("a build that fails says the end of what it printed, and may be tried again", async () => {
  const projectId = newProject()
  const scripts = { build: "echo first && echo wrong >&2 && exit 3" }
  const commit = await world.push(projectId, { "package.json": JSON.stringify({ scripts }) })
  const of = { projectId, commit }
  await expect(world.packages.prepare(of, anySignal)).rejects.toMatchObject({
    code: "packages_failed",
    say: expect.stringMatching(/ended with 3.*wrong/s),
  })
  expect(await world.packages.look(of)).toMatchObject({
    is: "failed",
    log: expect.stringContaining("wrong"),
  })
  world.packages.forget(of)
  expect(await world.packages.look(of)).toMatchObject({ is: "missing" })
})
