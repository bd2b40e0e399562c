import type { IdOf } from "@vibecaas/contract/kinds"
import { isFault } from "@vibecaas/kernel/fault"
import { afterAll, beforeAll, expect, test } from "vitest"
import { draftsOfProject, restartMachine, stopMachine } from "../machines/index.ts"
import type { MachineSession } from "./sessions.ts"
import { crashingApp, notesApp } from "./testing/apps.ts"
import { type MachineWorld, machineWorld } from "./testing/machine-world.ts"

let world: MachineWorld
beforeAll(async () => {
  world = await machineWorld()
})
afterAll(() => world.close())

const { signal } = new AbortController()
const open = (projectId: IdOf<"project">): Promise<MachineSession> =>
  world.server.apps.sessions.session({
    ...{ organizationId: world.org.organizationId, projectId, draftOf: "run_1" },
    ...{ trust: "untrusted", signal },
  })
const draftOf = async (projectId: IdOf<"project">) => {
  const [draft] = await world.act((ctx) => draftsOfProject(ctx.db, projectId))
  if (!draft) throw new Error("there is no draft")
  return draft
}
const untilDraft = (projectId: IdOf<"project">, seen: object) =>
  expect.poll(() => draftOf(projectId), { timeout: 20_000 }).toMatchObject(seen)
const node = (session: MachineSession, code: string) =>
  session.run(["node", "-e", code], { timeoutMs: 10_000, signal })
const changed = async (session: MachineSession) =>
  Object.fromEntries(
    (await session.changes()).map(({ path, content }) => [
      path,
      content && Buffer.from(content).toString(),
    ]),
  )

test("a session wakes a draft, and has a commit's files and nothing else", async () => {
  const { id } = await world.project("Session")
  const first = await world.push(id, { "a.txt": "one", "dir/b.txt": "two", "c.txt": "three" })
  const session = await open(id)
  expect(await draftOf(id)).toMatchObject({ state: "running" })
  expect(await world.app(id)).toBeUndefined()
  await session.checkout(first)
  expect((await session.run(["cat", "dir/b.txt"], { timeoutMs: 5000, signal })).stdout).toBe("two")
  const second = await world.push(id, { "dir/b.txt": null, dir: "a file now", "c.txt": "four" })
  await session.checkout(second)
  const listed = await session.run(["find", ".", "-type", "f"], { timeoutMs: 5000, signal })
  expect(listed.stdout.trim().split("\n").sort()).toEqual(["./a.txt", "./c.txt", "./dir"])
  await session.checkout(first)
  expect(await session.changes()).toEqual([])
  await session.checkout(null)
  expect((await session.run(["ls"], { timeoutMs: 5000, signal })).stdout).toBe("")
})

test("what a command changes comes back: regular files with paths that a repository takes", async () => {
  const { id } = await world.project("Changes")
  const session = await open(id)
  await session.checkout(
    await world.push(id, { "keep.txt": "same", "edit.txt": "old", "gone.txt": "x" }),
  )
  await node(
    session,
    `const fs = require("node:fs")
     fs.writeFileSync("edit.txt", "new"); fs.rmSync("gone.txt"); fs.mkdirSync("lib"); fs.writeFileSync("lib/new.js", "1")
     fs.mkdirSync(".GIT"); fs.writeFileSync(".GIT/config", "[core]"); fs.mkdirSync(".git"); fs.writeFileSync(".git/config", "x")
     fs.writeFileSync("a\\u0007b", "bell"); fs.symlinkSync("/etc/passwd", "link"); fs.mkdirSync("node_modules"); fs.writeFileSync("node_modules/x.js", "1")`,
  )
  expect(await changed(session)).toEqual({ "edit.txt": "new", "gone.txt": null, "lib/new.js": "1" })
})

test("more changes than a commit should take are refused with a sentence", async () => {
  const { id } = await world.project("Too many")
  const session = await open(id)
  await session.checkout(null)
  await node(
    session,
    `for (let i = 0; i < 201; i++) require("node:fs").writeFileSync("f" + i, "x")`,
  )
  const error = await session.changes().catch((thrown: unknown) => thrown)
  expect(isFault(error, "too_large") && error.say).toMatch(/201 files/)
})

test("a link in the way of a checkout does not lead out of the workspace", async () => {
  const { id } = await world.project("Links")
  const outside = `const outside = require("node:os").tmpdir() + "/outside-${id}";`
  const session = await open(id)
  await session.checkout(null)
  await node(
    session,
    `const { mkdirSync, symlinkSync } = require("node:fs"); ${outside}
     mkdirSync(outside); symlinkSync(outside, "lib"); mkdirSync("a.txt")`,
  )
  await session.checkout(await world.push(id, { "lib/x.js": "inside", "a.txt": "file" }))
  expect(
    (
      await node(
        session,
        `const { lstatSync, readdirSync } = require("node:fs"); ${outside}
         console.log(lstatSync("lib").isDirectory(), readdirSync(outside).length)`,
      )
    ).stdout,
  ).toBe("true 0\n")
  expect(await session.changes()).toEqual([])
})

test("a command's output is capped, streamed, and ends in time", async () => {
  const { id } = await world.project("Output")
  const session = await open(id)
  const heard: string[] = []
  const much = await session.run(["node", "-e", `process.stdout.write("x".repeat(5_000_000))`], {
    ...{ timeoutMs: 10_000, signal },
    onOutput: (text) => heard.push(text),
  })
  expect(much.truncated).toBe(true)
  expect(much.stdout.length).toBeLessThanOrEqual(256 * 1024)
  expect(heard.join("").length).toBeLessThanOrEqual(300 * 1024)
  const late = await session.run(["sleep", "60"], { timeoutMs: 200, signal })
  expect(late.timedOut).toBe(true)
  const missing = await session.run(["no-such-program"], { timeoutMs: 5000, signal })
  expect(missing.exitCode).toBe(127)
})

test("tests that an agent runs do not touch what people typed into the app", async () => {
  const { id, slug } = await world.project("Own data")
  await world.run(id, await world.push(id, { "server.js": notesApp }))
  await world.get(slug, "/notes", { method: "POST", body: "Dune" })
  const session = await open(id)
  const { stdout } = await node(session, "console.log(process.env.DATA_DIR)")
  expect(stdout.trim()).not.toBe("/data")
  expect(stdout.trim()).toMatch(/\/data$/)
})

test("an app that is started is waited for; one that falls answers with its last lines", async () => {
  const { id } = await world.project("Starts")
  const session = await open(id)
  const works = await world.push(id, { "server.js": notesApp })
  expect(await session.startApp(works)).toEqual({ running: true, exitCode: null, logTail: [] })
  const page = await session.fetchPage({ method: "GET", path: "/", timeoutMs: 5000 })
  expect(page).toMatchObject({ status: 200, contentType: "text/html", body: "<h1>Notes</h1>" })
  await session.fetchPage({ method: "POST", path: "/notes", body: "Dune", timeoutMs: 5000 })
  const broken = await world.push(id, { "server.js": crashingApp })
  const seen = await session.startApp(broken)
  expect(seen).toMatchObject({ running: false, exitCode: 3 })
  expect(seen.logTail).toContain("Error: no settings")
})

test("an app that runs does not notice what agents do to the files", async () => {
  const { id, slug } = await world.project("Apart")
  const app = `require("node:http").createServer((q, r) => r.end(require("node:fs").readFileSync("word.txt"))).listen(process.env.PORT)`
  await world.run(id, await world.push(id, { "server.js": app, "word.txt": "steady" }))
  const session = await open(id)
  await session.checkout(await world.push(id, { "server.js": crashingApp, "word.txt": null }))
  expect((await world.get(slug)).body).toBe("steady")
  await session.checkout(null)
  expect((await world.get(slug)).body).toBe("steady")
})

test("a session goes on after its machine was restarted, with the files it had", async () => {
  const { id } = await world.project("Goes on")
  const session = await open(id)
  await session.checkout(await world.push(id, { "a.txt": "still here" }))
  const draft = await draftOf(id)
  await world.act((ctx) => restartMachine(ctx, draft.id))
  await untilDraft(id, { restarted: 1, state: "running" })
  const { stdout } = await session.run(["cat", "a.txt"], { timeoutMs: 5000, signal })
  expect(stdout).toBe("still here")
})

test("a session wakes a machine that somebody stopped", async () => {
  const { id } = await world.project("Wakes")
  await open(id)
  const draft = await draftOf(id)
  await world.act((ctx) => stopMachine(ctx, draft.id))
  await untilDraft(id, { state: "stopped" })
  const session = await open(id)
  expect((await session.run(["pwd"], { timeoutMs: 5000, signal })).stdout).toMatch(/\/workspace\n$/)
  expect((await draftOf(id)).id).toBe(draft.id)
})
