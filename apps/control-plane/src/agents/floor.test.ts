import { readToolchains } from "@vibecaas/microvm/toolchains"
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
  const { state, tasks } = run
  return { projectId, run, state, evidence: tasks.at(-1)?.evidence, tasks }
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
  expect(state).toBe("partly")
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

/** An agent whose task is that all tests pass; it makes these calls at once, and is done. */
const atOnce = (calls: NonNullable<Said["calls"]>) => (seen: Seen) =>
  seen.role === "planning" ? oneTask(allTests) : seen.answers > 0 ? { text: "Done." } : { calls }
const writeTests = (content: string) => write("a.test.js", content).calls ?? []

test("a test may change with a note, but tests do not become fewer", async () => {
  const { projectId } = await ended("noted before", atOnce(writeTests(good)))
  const note = { name: "add_note", input: { text: "a.test.js lost “two”: it is gone." } }
  const noted = (content: string) => atOnce([...writeTests(content), note])
  const fewer = await ended("fewer", noted(good.replace('test("two", () => {})\n', "")), projectId)
  expect(fewer).toMatchObject({
    ...{ state: "failed", evidence: expect.stringMatching(/2 tests passed, and now 1 do/) },
  })
  const other = good.replace("one", "another").replace("two", "three")
  expect(await ended("others", noted(other), projectId)).toMatchObject({ state: "partly" })
})

const { python: hasPython } = await readToolchains()
const reason = hasPython === undefined ? " [skipped: this host has no Python]" : ""
const aLanguageGoes = `tests of a language that is gone are missed as well${reason}`

test.skipIf(hasPython === undefined)(aLanguageGoes, async () => {
  const python = "import unittest\nclass B(unittest.TestCase):\n  def test_b(self): pass\n"
  const both = [...writeTests(good), ...(write("test_b.py", python).calls ?? [])]
  const { projectId } = await ended("in two languages", atOnce(both))
  const note = { name: "add_note", input: { text: "test_b.py is gone with Python." } }
  const gone = [{ name: "delete_file", input: { path: "test_b.py" } }, note]
  expect(await ended("in one language", atOnce(gone), projectId)).toMatchObject({
    ...{ state: "failed", evidence: expect.stringMatching(/3 tests passed, and now 2 do/) },
  })
})

const task = (key: string, rest: object) => ({ key, title: key, instructions: "x", ...rest })
/** Who builds writes the app; who tests does what is given, one answer after the other. */
function verified(plan: object, answers: NonNullable<Said["calls"]>[]) {
  const tasks = [
    task("app", { role: "backend", dependsOn: [], check: { kind: "files", paths: ["server.js"] } }),
    task("test", { role: "testing", dependsOn: ["app"], check: { kind: "page", path: "/" } }),
  ]
  const input = { summary: "An app and its test.", tasks, ...plan }
  return (seen: Seen): Said => {
    if (seen.role === "planning") return { calls: [{ name: "plan_tasks", input }] }
    const said = seen.about === "app" ? [write("server.js", app).calls ?? []] : answers
    const calls = said[seen.answers]
    return calls ? { calls } : { text: "Done." }
  }
}
const account = (...clauses: object[]) => ({ name: "account_for", input: { clauses } })
const tested = [...(write("a.test.js", good).calls ?? []), runTests]

test("a wish about access that a plan leaves out is named to it, and told in the end", async () => {
  const goal = "A diary. Only I can post."
  const wish = { words: "Only I can post", notBuilt: "The app has no accounts." }
  const proved = account({ words: "A diary", built: true, proof: { kind: "test", name: "one" } })
  const then = verified({ clauses: [{ words: "A diary" }, wish] }, [tested, [proved]])
  const refusals: string[] = []
  const { state, run } = await ended(goal, (seen) => {
    if (seen.role !== "planning" || seen.answers > 0) {
      if (seen.role === "planning") refusals.push(seen.results)
      return then(seen)
    }
    return verified({ clauses: [{ words: "A diary" }] }, [])(seen)
  })
  expect(refusals).toEqual([expect.stringContaining("“Only I can post” is in no clause")])
  expect(state).toBe("partly")
  expect(run.clauses).toEqual([
    { words: "A diary", state: "built", why: "The test “one” passed." },
    { words: "Only I can post", state: "not_built", why: "The app has no accounts." },
  ])
})

test("a wish that is only said to be built is not, and one that was shown is", async () => {
  const goal = "Hello, customers log in"
  const plan = { clauses: [{ words: "Hello" }, { words: "customers log in" }] }
  const look = [
    { name: "start_app", input: {} },
    { name: "fetch_page", input: { path: "/" } },
  ]
  const page = { kind: "page", path: "/", contains: "Hello" }
  const liar = account(
    { words: "Hello", built: true, proof: page },
    { words: "customers log in", built: true, proof: { kind: "test", name: "they log in" } },
  )
  const { state, run, tasks } = await ended(goal, verified(plan, [tested, look, [liar]]))
  expect(state).toBe("partly")
  expect(tasks.at(-1)).toMatchObject({ state: "succeeded", tries: 3 })
  expect(run.clauses).toEqual([
    { words: "Hello", state: "built", why: "GET / answered 200 with “Hello”." },
    { words: "customers log in", state: "not_built", why: "Nobody showed that it works." },
  ])
  const said = (await world.steps(run.id)).find(({ name }) => name === "account_for")
  expect(said).toMatchObject({
    ...{ ok: false, title: "accounted for 1 of 2 wishes" },
    output: { wrong: [expect.stringContaining("no test called “they log in” passed")] },
  })
})

test("what was built by a model is tested by who did not build it", async () => {
  const written = write("a.test.js", good).calls ?? []
  const { state, evidence } = await ended("own tests only", (seen) => {
    if (seen.about === "app" && seen.answers === 1) return { calls: written }
    return verified({}, [[runTests]])(seen)
  })
  expect({ state, evidence }).toMatchObject({
    ...{ state: "failed", evidence: expect.stringMatching(/without a test of its own/) },
  })
})

test("a check that right work cannot pass is disputed once, and the planner revises it", async () => {
  const check = { kind: "page", path: "/", contains: "Good-bye" }
  const dispute = { name: "dispute_check", input: { reason: "The task says Hello." } }
  const better = { check: { ...check, contains: "Hello" }, why: "It is to say Hello." }
  let asked = ""
  const { run, tasks } = await ended("unfair", (seen) => {
    if (seen.prompt.includes("<dispute>")) {
      asked = seen.prompt
      return { calls: [{ name: "revise_check", input: better }] }
    }
    if (seen.role === "planning") return oneTask(check)
    if (seen.answers === 0) return { calls: [...(write("server.js", app).calls ?? []), dispute] }
    return { ...(seen.told ? { calls: [dispute, dispute] } : { text: "Done." }) }
  })
  expect(tasks.at(-1)).toMatchObject({ state: "succeeded", tries: 2, check: better.check })
  for (const words of ["The task says Hello.", "Good-bye", "answered 200, but without"]) {
    expect(asked).toContain(words)
  }
  const titles = (await world.steps(run.id)).map(({ title }) => title)
  expect(titles.filter((title) => /planner|disput.* (check|refused)/.test(title))).toEqual([
    expect.stringMatching(/dispute_check was refused: The check has not failed yet/),
    "the planner: called revise_check",
    "the planner: revised the check: It is to say Hello.",
    "disputed its check: The task says Hello.",
    expect.stringMatching(/dispute_check was refused: The planner has answered already/),
  ])
})

test("a check that the planner upholds stands", async () => {
  const { state, evidence } = await ended("upheld", (seen) => {
    if (seen.prompt.includes("<dispute>")) {
      return { calls: [{ name: "uphold_check", input: { why: "The file is the task." } }] }
    }
    if (seen.role === "planning") return oneTask({ kind: "files", paths: ["b.js"] })
    if (seen.answers === 0) return write("a.js", "")
    const dispute = { name: "dispute_check", input: { reason: "Too hard." } }
    return seen.told ? { calls: [dispute] } : { text: "Done." }
  })
  expect(state).toBe("failed")
  expect(evidence).toContain("b.js")
})

test("a page's check waits for the server that is written beside it, and takes no try away", async () => {
  const check = { kind: "page", path: "/", contains: "Hello" }
  const file = { kind: "files", paths: ["server.js"] }
  const tasks = [
    task("page", { role: "frontend", dependsOn: [], check }),
    task("server", { role: "backend", dependsOn: [], check: file }),
    task("look", { role: "integration", dependsOn: ["page", "server"], check }),
  ]
  const input = { summary: "Two at once.", tasks }
  const { promise: pageSaid, resolve } = Promise.withResolvers<void>()
  const { state, tasks: done } = await ended("snake", async ({ role, about, answers }) => {
    if (role === "planning") return { calls: [{ name: "plan_tasks", input }] }
    if (about === "page") {
      if (answers === 0) return write("page.html", "<p>")
      resolve()
      return { text: "Done." }
    }
    if (about === "look" && answers === 0) {
      const proof = { kind: "page", path: "/", contains: "Hello" }
      return {
        calls: [
          ...(write("a.test.js", good).calls ?? []),
          { name: "start_app", input: {} },
          { name: "fetch_page", input: { path: "/" } },
          { name: "account_for", input: { clauses: [{ words: "snake", built: true, proof }] } },
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
