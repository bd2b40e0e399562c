import { readToolchains } from "@vibecaas/microvm/toolchains"
import { type PublicRegistry, publicRegistry } from "@vibecaas/registry/testing/public-registry"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type AgentsWorld, agentsWorld } from "../testing/agents-world.ts"
import { oneTask } from "../testing/one-task.ts"
import { sandboxMachines } from "../testing/sandbox-machines.ts"
import { type Said, type Seen, scriptedModels } from "../testing/scripted-model.ts"

const { python } = await readToolchains()
const noPython = python === undefined ? " [skipped: this host has no Python]" : ""

let world: AgentsWorld
let upstream: PublicRegistry

const call = (name: string, input: object) => ({ name, input })
const app = `import { createServer } from "node:http"
import one from "one"
createServer((_, answer) => answer.end("with " + one)).listen(Number(process.env.PORT), "127.0.0.1")
`
const pythonApp = `import os, notes
from http.server import BaseHTTPRequestHandler, HTTPServer
class App(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<h1>Python " + notes.version.encode() + b"</h1>")
if __name__ == "__main__":
    HTTPServer(("127.0.0.1", int(os.environ["PORT"])), App).serve_forever()
`
const pythonTest = `import unittest, notes
class Notes(unittest.TestCase):
    def test_has_its_version(self):
        self.assertEqual(notes.version, "1.5")
`
const answers: NonNullable<Said["calls"]>[] = [
  [call("write_file", { path: "server.js", content: app })],
  [call("install_packages", { add: ["missing"] })],
  [call("install_packages", { add: ["git+https://example.com/x.git"] })],
  [call("install_packages", { add: ["one", "tool"] })],
  [call("run_command", { argv: ["node", "-p", "require('one')"] })],
  [call("install_packages", { remove: ["tool"] })],
  [call("start_app", {}), call("fetch_page", { path: "/" })],
]

const pythonTests = ["python3", "-m", "unittest", "discover", "-v"]
const pythonAnswers: NonNullable<Said["calls"]>[] = [
  [call("install_packages", { ecosystem: "python", add: ["notes"] })],
  [
    call("write_file", { path: "main.py", content: pythonApp }),
    call("write_file", { path: "tests/__init__.py", content: "" }),
    call("write_file", { path: "tests/test_notes.py", content: pythonTest }),
  ],
  [call("run_command", { argv: pythonTests })],
]

function script({ role, answers: given, goal }: Seen): Said {
  const inPython = goal.includes("Python")
  if (role === "planning") {
    return inPython
      ? oneTask({ kind: "command", argv: ["python3", "-c", "import notes"] })
      : oneTask({ kind: "page", path: "/", contains: "with 1.0.0" })
  }
  const calls = (inPython ? pythonAnswers : answers)[given]
  return calls ? { calls } : { text: "Done." }
}

beforeAll(async () => {
  upstream = await publicRegistry()
  upstream.publish({ name: "one", version: "1.0.0" }, { name: "tool", version: "2.0.0" })
  upstream.publishPython({ name: "notes", version: "1.5" })
  world = await agentsWorld({
    models: scriptedModels(script),
    machines: (repositories, db) => sandboxMachines(repositories, db, upstream.base),
  })
})
afterAll(async () => {
  await world?.close()
  await upstream?.close()
})

test("an agent installs packages by name, and commands, the app and its check find them", async () => {
  const { projectId, runId } = await world.ask("Something with one")
  await world.settle()
  expect(await world.run(runId)).toMatchObject({ failure: null })
  const steps = (await world.steps(runId)).filter(({ kind }) => kind === "tool").slice(2)
  const outputs = steps.map(({ output }) => output)
  expect(outputs[0]).toMatchObject({ refused: expect.stringContaining("no package missing") })
  const [added, ran, removed, started, page] = outputs.slice(-5)
  expect(added).toMatchObject({
    packages: [
      { name: "one", version: "1.0.0" },
      { name: "tool", version: "2.0.0" },
    ],
    installed: 2,
    changed: expect.arrayContaining(["package.json", "package-lock.json"]),
  })
  expect(ran).toMatchObject({ exitCode: 0, stdout: "1.0.0\n" })
  expect(removed).toMatchObject({ packages: [{ name: "one", version: "1.0.0" }], installed: 1 })
  expect(started).toMatchObject({ running: true })
  expect(page).toMatchObject({ status: 200, body: "with 1.0.0" })
  const files = await world.tree(projectId)
  expect(Object.keys(files).sort()).toEqual(["package-lock.json", "package.json", "server.js"])
})

test.skipIf(python === undefined)(
  `an agent's app in Python has its packages, and its tests are run and counted${noPython}`,
  async () => {
    const { projectId, runId } = await world.ask("Something in Python")
    await world.settle()
    const run = await world.run(runId)
    expect(run).toMatchObject({ failure: null })
    const steps = (await world.steps(runId)).filter(({ kind }) => kind === "tool").slice(1)
    expect(steps[0]?.output).toMatchObject({ packages: [{ name: "notes", version: "1.5" }] })
    const task = run.tasks.find(({ role }) => role === "backend")
    expect(task).toMatchObject({ state: "succeeded", testsPassed: 1 })
    expect(task?.evidence).toContain(pythonTests.join(" "))
    expect(Object.keys(await world.tree(projectId)).sort()).toEqual([
      "main.py",
      "requirements.in",
      "requirements.txt",
      "tests/__init__.py",
      "tests/test_notes.py",
    ])
  },
)
