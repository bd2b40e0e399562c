import { afterAll, beforeAll, expect, test } from "vitest"
import { type AgentsWorld, agentsWorld } from "./testing/agents-world.ts"
import { oneTask } from "./testing/one-task.ts"
import { type Said, type Seen, scriptedModels } from "./testing/scripted-model.ts"

let world: AgentsWorld
const scripts = new Map<string, (seen: Seen) => Said | Promise<Said>>()

beforeAll(async () => {
  world = await agentsWorld({
    models: scriptedModels((seen) => scripts.get(seen.goal)?.(seen) ?? { text: "Done." }),
  })
})
afterAll(() => world.close())

const write = (path: string, content: string): Said => ({
  calls: [{ name: "write_file", input: { path, content } }],
})
const runTests = { name: "run_command", input: { argv: ["node", "--test"] } }
const allTests = { kind: "command", argv: ["node", "--test"] }
const app = `import { createServer } from "node:http"
process.stdin.on("end", () => process.exit()).resume()
createServer((_, answer) => answer.end("Hello")).listen(Number(process.env.PORT), "127.0.0.1")
`
const good = 'import test from "node:test"\ntest("one", () => {})\ntest("two", () => {})\n'

async function ended(goal: string, script: (seen: Seen) => Said | Promise<Said>, on?: string) {
  scripts.set(goal, script)
  const { projectId, runId } = await world.ask(goal, on as `prj_${string}` | undefined)
  await world.settle()
  const run = await world.run(runId)
  return { projectId, state: run.state, evidence: run.tasks.at(-1)?.evidence, tasks: run.tasks }
}

test("an empty project whose tests are none is not done, however well the command ends", async () => {
  const lazy = ({ role }: Seen) => (role === "planning" ? oneTask(allTests) : { text: "Built." })
  expect(await ended("nothing at all", lazy)).toMatchObject({
    ...{ state: "failed", evidence: expect.stringMatching(/no test passed/) },
  })
})

test("tests that were only said to be written are not done", async () => {
  const liar = ({ role, answers }: Seen) => {
    if (role === "planning") return oneTask(allTests, { role: "testing" })
    return answers === 0 ? { calls: [runTests] } : { text: "I wrote nine tests, all pass." }
  }
  expect(await ended("nine tests", liar)).toMatchObject({
    ...{ state: "failed", evidence: expect.stringMatching(/no test passed/) },
  })
})

test("who says that all works must have looked, and who builds must have built", async () => {
  const { projectId } = await ended("an app", ({ role, answers }) => {
    if (role === "planning") return oneTask({ kind: "page", path: "/" })
    return answers === 0 ? write("server.js", app) : { text: "Done." }
  })
  for (const [role, evidence] of [
    ["integration", /without fetching a page/],
    ["testing", /without running a command/],
    ["backend", /without changing a file/],
  ] as const) {
    const page = oneTask({ kind: "page", path: "/", contains: "Hello" }, { role })
    const claims = (seen: Seen) => (seen.role === "planning" ? page : { text: "It all works." })
    expect(await ended(`claims ${role}`, claims, projectId)).toMatchObject({
      ...{ state: "failed", evidence: expect.stringMatching(evidence) },
    })
  }
})

test("earlier tests pass or their change is named", async () => {
  const { projectId, state } = await ended("tested", ({ role, answers }) => {
    if (role === "planning") return oneTask(allTests)
    return answers === 0 ? write("a.test.js", good) : { text: "Done." }
  })
  expect(state).toBe("succeeded")
  const files = { kind: "files", paths: ["b.js"] }
  const broken = 'import test from "node:test"\ntest("one", () => { throw new Error("no") })\n'
  const next =
    (second: Said, plan: object = files) =>
    (seen: Seen) => {
      if (seen.role === "planning") return oneTask(plan)
      if (seen.answers === 0) return write("b.js", "")
      return seen.answers === 1 ? second : { text: "Done." }
    }
  expect(await ended("break", next(write("b.test.js", broken)), projectId)).toMatchObject({
    ...{ state: "failed", evidence: expect.stringMatching(/node --test exited with 1/) },
  })
  const fewer = good.replace('test("two", () => {})\n', "")
  const mend = { name: "delete_file", input: { path: "b.test.js" } }
  const weaken = { calls: [mend, ...(write("a.test.js", fewer).calls ?? [])] }
  const secretly = {
    calls: [...weaken.calls, { name: "write_file", input: { path: "b.js", content: "1" } }],
  }
  expect(await ended("weaken", next(secretly), projectId)).toMatchObject({
    ...{ state: "failed", evidence: expect.stringMatching(/nobody said so: a\.test\.js/) },
  })
})

test("a test that is changed with a note is a change like others", async () => {
  const { projectId } = await ended("noted before", ({ role, answers }) => {
    if (role === "planning") return oneTask(allTests)
    return answers === 0 ? write("a.test.js", good) : { text: "Done." }
  })
  const text = "a.test.js lost “two”: the feature is gone."
  const noted = await ended(
    "noted",
    ({ role, answers }) => {
      if (role === "planning") return oneTask(allTests)
      if (answers > 0) return { text: "Done." }
      const fewer = write("a.test.js", good.replace('test("two", () => {})\n', ""))
      return { calls: [...(fewer.calls ?? []), { name: "add_note", input: { text } }] }
    },
    projectId,
  )
  expect(noted.state).toBe("succeeded")
})

test("a page's check waits for the server that is written beside it, and takes no try away", async () => {
  const check = { kind: "page", path: "/", contains: "Hello" }
  const file = { kind: "files", paths: ["server.js"] }
  const task = (key: string, rest: object) => ({ key, title: key, instructions: "x", ...rest })
  const tasks = [
    task("page", { role: "frontend", dependsOn: [], check }),
    task("server", { role: "backend", dependsOn: [], check: file }),
    task("look", { role: "integration", dependsOn: ["page", "server"], check }),
  ]
  const input = { summary: "Two at once.", notes: [], tasks }
  const { promise: pageSaid, resolve } = Promise.withResolvers<void>()
  const { state, tasks: done } = await ended("snake", async ({ role, about, answers }) => {
    if (role === "planning") return { calls: [{ name: "plan_tasks", input }] }
    if (about === "page") {
      if (answers === 0) return write("page.html", "<p>")
      resolve()
      return { text: "Done." }
    }
    if (about === "look" && answers === 0) {
      return {
        calls: [
          { name: "start_app", input: {} },
          { name: "fetch_page", input: { path: "/" } },
        ],
      }
    }
    if (about === "look" || answers > 0) return { text: "Done." }
    // The server comes only after the page's agent is done.
    await pageSaid
    await new Promise((later) => setTimeout(later, 300))
    return write("server.js", app)
  })
  expect(state).toBe("succeeded")
  expect(done.map(({ title, tries }) => [title, tries])).toEqual([
    ...[
      ["Plan the work", 1],
      ["page", 1],
      ["server", 1],
      ["look", 1],
    ],
  ])
})
