import type { Said, Seen } from "./scripted-model.ts"

/** A plan and its tasks, small enough to be killed at each step: two tasks in parallel, a command, a page. */
const plan = {
  summary: "A page that says hello, with a test.",
  tasks: [
    task("server", { role: "backend", title: "server", dependsOn: [], check: files("server.js") }),
    task("page", { role: "frontend", title: "page", dependsOn: [], check: files("page.txt") }),
    task("test", {
      role: "testing",
      title: "test",
      dependsOn: ["server", "page"],
      check: { kind: "command", argv: ["node", "--test"] },
    }),
    task("look", {
      role: "integration",
      title: "look",
      dependsOn: ["test"],
      check: { kind: "page", path: "/", contains: "Hello there" },
    }),
  ],
}

function task(key: string, rest: object) {
  return { key, instructions: `Do ${key}.`, ...rest }
}

function files(...paths: string[]) {
  return { kind: "files", paths }
}

/**
 * Counts its visits in its data and says how often the project's command had run. Ends with a pipe
 * it reads from, so that it does not outlive a machine of processes that was killed.
 */
const server = `import { createServer } from "node:http"
import { appendFileSync, existsSync, fstatSync, mkdirSync, readFileSync } from "node:fs"
const page = readFileSync("page.txt", "utf8")
const runs = existsSync("runs.txt") ? readFileSync("runs.txt", "utf8") : "0"
mkdirSync(process.env.DATA_DIR, { recursive: true })
const visits = process.env.DATA_DIR + "/visits"
if (!fstatSync(0).isCharacterDevice()) process.stdin.on("end", () => process.exit()).resume()
createServer((_, answer) => {
  appendFileSync(visits, "x")
  answer.end(page + runs + " runs, " + readFileSync(visits).length + " visits")
}).listen(Number(process.env.PORT), "127.0.0.1")
`

/** Counts in a file of the project, so that a command that ran twice would be seen in the tree. */
const countRuns = `const fs = require("node:fs")
const before = fs.existsSync("runs.txt") ? Number(fs.readFileSync("runs.txt", "utf8")) : 0
fs.writeFileSync("runs.txt", String(before + 1))
console.log("run", before + 1)`

const pageTest = `import { ok } from "node:assert"
import { readFileSync } from "node:fs"
import test from "node:test"
test("it says hello", () => ok(readFileSync("page.txt", "utf8").includes("Hello")))
`

const scripts: Record<string, Said[]> = {
  server: [
    { text: "Looking.", calls: [{ name: "list_files", input: {} }] },
    {
      calls: [
        { name: "write_file", input: { path: "server.js", content: "// first\n" } },
        { name: "write_file", input: { path: "package.json", content: '{"type":"module"}\n' } },
        { name: "write_file", input: { path: "server.js", content: server } },
      ],
    },
    { text: "Done." },
  ],
  page: [
    { calls: [{ name: "write_file", input: { path: "page.txt", content: "Hello\n" } }] },
    {
      calls: [
        {
          name: "edit_file",
          input: { path: "page.txt", edits: [{ find: "Hello", replace: "Hello there" }] },
        },
        { name: "write_file", input: { path: "old.txt", content: "x" } },
        { name: "delete_file", input: { path: "old.txt" } },
      ],
    },
    { text: "Done." },
  ],
  test: [
    {
      calls: [
        { name: "write_file", input: { path: "page.test.js", content: pageTest } },
        { name: "run_command", input: { argv: ["node", "-e", countRuns] } },
      ],
    },
    { calls: [{ name: "run_command", input: { argv: ["node", "-e", countRuns] } }] },
    { calls: [{ name: "read_file", input: { path: "runs.txt" } }] },
    { text: "Done." },
  ],
  look: [
    {
      calls: [
        { name: "start_app", input: {} },
        { name: "fetch_page", input: { path: "/" } },
      ],
    },
    { text: "It says hello." },
  ],
}

const question: Said = {
  calls: [{ name: "ask_user", input: { question: "To whom?", choices: ["The world", "Mara"] } }],
}

/** The page that was fetched just before shows all that was asked for. */
const accountOf = (words: string) => {
  const proof = { kind: "page", path: "/", contains: "Hello there" }
  return { name: "account_for", input: { clauses: [{ words, built: true, proof }] } }
}

/** A script that builds the small app; a goal that begins with "Ask" lets the planning agent ask first. */
export function smallApp({ role, about, answers: said, goal }: Seen): Said {
  const asks = goal.startsWith("Ask") && role === "planning"
  const answers = asks ? said - 1 : said
  if (answers < 0) return question
  if (role === "planning") {
    return answers === 0 ? { calls: [{ name: "plan_tasks", input: plan }] } : { text: "Planned." }
  }
  const next = scripts[about]?.[answers] ?? { text: "Nothing more." }
  if (about === "test" && answers === 0 && goal.endsWith("again")) {
    const input = { path: "again.test.js", content: pageTest }
    return { ...next, calls: [{ name: "write_file", input }, ...(next.calls ?? [])] }
  }
  if (about !== "look" || answers !== 0) return next
  return { ...next, calls: [...(next.calls ?? []), accountOf(goal)] }
}

/** The files that a second run leaves, for a goal that ends with "again". */
export const smallAppAgain = () => ({
  ...smallAppTree,
  "again.test.js": pageTest,
  "runs.txt": "4",
})

/** The files that an undisturbed run leaves. */
export const smallAppTree = {
  "server.js": server,
  "package.json": '{"type":"module"}\n',
  "page.test.js": pageTest,
  "page.txt": "Hello there\n",
  "runs.txt": "2",
}
