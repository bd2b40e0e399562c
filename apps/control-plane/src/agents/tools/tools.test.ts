import { afterAll, beforeAll, expect, test } from "vitest"
import { type AgentsWorld, agentsWorld } from "../testing/agents-world.ts"
import { oneTask } from "../testing/one-task.ts"
import { type Said, type Seen, scriptedModels } from "../testing/scripted-model.ts"

let world: AgentsWorld
/** What the agent calls, answer by answer, for the goal of a run. */
const scripts = new Map<string, NonNullable<Said["calls"]>[]>()
/** What the model was shown after each answer. */
const shown = new Map<string, string[]>()

beforeAll(async () => {
  world = await agentsWorld({ models: scriptedModels(script) })
})
afterAll(() => world.close())

function script({ goal, role, answers, results }: Seen): Said {
  if (role === "planning") return oneTask({ kind: "files", paths: ["server.js"] })
  if (results) shown.get(goal)?.push(results)
  const calls = scripts.get(goal)?.[answers]
  return calls ? { calls } : { text: "Done." }
}

/** Lets an agent make calls on a new project; answers what the model and the journal got of them. */
async function calling(goal: string, ...answers: NonNullable<Said["calls"]>[]) {
  scripts.set(goal, [[write("server.js", app)], ...answers])
  shown.set(goal, [])
  const { projectId, runId } = await world.ask(goal)
  await world.settle()
  expect(await world.run(runId)).toMatchObject({ state: "partly" })
  const steps = (await world.steps(runId)).filter(({ kind }) => kind === "tool").slice(2)
  const outputs = steps.map(({ output }) => output as Record<string, unknown>)
  return { projectId, steps, outputs, seen: shown.get(goal)?.slice(1) ?? [] }
}

const call = (name: string, input: object) => ({ name, input })
const write = (path: string, content: string) => call("write_file", { path, content })

const app = `import { createServer } from "node:http"
process.stdin.on("end", () => process.exit()).resume()
createServer(async (request, answer) => {
  if (request.url === "/events") {
    answer.writeHead(200, { "content-type": "text/event-stream" })
    answer.write("data: one\\n\\n")
    return
  }
  if (request.url === "/login") {
    answer.writeHead(303, { location: "/me", "set-cookie": "session=s1; HttpOnly" })
    return answer.end()
  }
  if (request.url === "/broken") {
    console.error("Error: the shelf is missing")
    answer.statusCode = 500
    return answer.end("no")
  }
  let body = ""
  for await (const chunk of request) body += chunk
  const { cookie, "x-asked": asked, "content-type": type } = request.headers
  answer.end(JSON.stringify({ cookie, asked, type, body }))
}).listen(Number(process.env.PORT), "127.0.0.1")
`

test("an app is looked at as a visitor would: streams, redirects, cookies, headers, JSON, its log", async () => {
  const { outputs } = await calling(
    "visit",
    [call("start_app", {}), call("fetch_page", { path: "/events", listenMs: 200 })],
    [call("fetch_page", { path: "/login", method: "POST" })],
    [
      call("fetch_page", {
        ...{ path: "/me", method: "POST", json: { a: 1 }, headers: { "X-Asked": "yes" } },
      }),
    ],
    [call("fetch_page", { path: "/me", headers: { Host: "evil.example" } })],
    [call("fetch_page", { path: "/broken" }), call("read_log", {})],
  )
  const [, events, login, me, refused, , log] = outputs
  expect(events).toMatchObject({ status: 200, body: "data: one\n\n", ended: false })
  expect(login).toMatchObject({ status: 303, headers: { location: "/me" } })
  expect(JSON.parse(String(me?.body))).toEqual({
    ...{ cookie: "session=s1", asked: "yes", type: "application/json", body: '{"a":1}' },
  })
  expect(refused).toEqual({ refused: "The header Host cannot be set." })
  expect(log).toMatchObject({ log: expect.stringContaining("the shelf is missing") })
})

test("a file is read as numbered lines, in ranges, several at once", async () => {
  const long = Array.from({ length: 9000 }, (_, i) => `line ${i + 1}`).join("\n")
  const { seen } = await calling(
    "read",
    [write("long.txt", long), write("a.txt", "one\n")],
    [call("read_file", { path: "long.txt" })],
    [call("read_file", { path: "long.txt", fromLine: 8999 })],
    [call("read_many", { paths: ["a.txt", "none.txt"] })],
  )
  const [, whole, end, many] = seen
  expect(whole).toMatch(/long\.txt, lines 1–\d+ of 9000 \(go on with fromLine \d+\):\\n1\\tline 1/)
  expect(end).toContain(
    "long.txt, lines 8999–9000 of 9000 (no newline at the end):\\n8999\\tline 8999\\n9000\\tline 9000",
  )
  expect(many).toContain("a.txt, lines 1–1 of 1:\\n1\\tone")
  expect(many).toContain("none.txt: There is no file none.txt.")
})

test("lines are found by pattern with what stands around them; symbols make a map", async () => {
  const { outputs } = await calling(
    "search",
    [write("lib/shelf.js", "// books\nexport function add(book) {\n  return book\n}\n")],
    [
      call("search_files", { text: "return \\w+$", regex: true, glob: "lib/**", context: 1 }),
      call("search_files", { text: "(", regex: true }),
      call("list_symbols", { glob: "*.js" }),
    ],
  )
  const [, found, refused, symbols] = outputs
  expect(found?.matches).toEqual({
    "lib/shelf.js": "2\texport function add(book) {\n3\t  return book\n4\t}",
  })
  expect(refused).toEqual({ refused: expect.stringMatching(/^The pattern cannot be used/) })
  expect(symbols?.symbols).toMatchObject({ "lib/shelf.js": "2 export function add(book) {\n" })
})

test("after a failed edit the rest of the answer is not run, and the next answer is", async () => {
  const edit = (find: string) =>
    call("edit_file", { path: "server.js", edits: [{ find, replace: "x" }] })
  const { steps, projectId } = await calling(
    "batch",
    [write("a.txt", "a"), edit("no such text"), write("b.txt", "b")],
    [write("c.txt", "c"), edit("data: one"), call("diff", { path: "server.js" })],
    [call("revert_file", { path: "server.js" }), write("server.js", app)],
  )
  expect(steps.map(({ name, ok }) => [name, ok])).toEqual([
    ...[
      ["write_file", true],
      ["edit_file", false],
      ["write_file", false],
    ],
    ...[
      ["write_file", true],
      ["edit_file", true],
      ["diff", true],
    ],
    ...[
      ["revert_file", true],
      ["write_file", true],
    ],
  ])
  expect(steps[2]?.output).toEqual({
    refused: expect.stringMatching(/^Not run, because edit_file/),
  })
  expect(steps[5]?.output).toMatchObject({ files: [{ path: "server.js", change: "added" }] })
  expect(Object.keys(await world.tree(projectId)).sort()).toEqual(["a.txt", "c.txt", "server.js"])
})

test("a command that would install is refused at once; what it leaves in ignored folders is named", async () => {
  const make = `const fs = require("node:fs"); fs.mkdirSync("node_modules/x", { recursive: true }); fs.writeFileSync("node_modules/x/i.js", "1")`
  const { outputs } = await calling(
    "commands",
    [call("run_command", { argv: ["npm", "install", "express"] })],
    [call("run_command", { argv: ["node", "-e", make] })],
  )
  expect(outputs[0]).toEqual({ refused: expect.stringMatching(/install_packages/) })
  expect(outputs[1]).toMatchObject({
    exitCode: 0,
    notKept: expect.stringMatching(/^node_modules: /),
  })
})
