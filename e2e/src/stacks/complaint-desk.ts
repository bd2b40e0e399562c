import type { WrittenTask } from "./written-cassette.ts"

/** A run whose `ai_feature` task asks for leave, and builds what asks models at the platform's door. */
const call = (name: string, input: object = {}) => ({ name, input })

const server = `import { createServer } from "node:http"
import { suggest } from "./server/suggest.js"

const page = \`<!doctype html><html lang="en"><meta charset="utf-8"><title>Complaint desk</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<h1>Complaint desk</h1>
<form><label for="text">Complaint</label><br><textarea id="text" rows="4"></textarea><br><button>Who should answer?</button></form>
<p role="status"></p>
<script type="module">
document.querySelector("form").addEventListener("submit", async (event) => {
  event.preventDefault()
  const text = document.querySelector("textarea").value
  const answer = await fetch("/api/suggestions", { method: "POST", body: JSON.stringify({ text }) })
  const { said, error, simulated } = await answer.json()
  document.querySelector("[role=status]").textContent = error ?? said + (simulated ? " (simulated)" : " (written by a model)")
})
</script></html>\`

async function answer(request, response) {
  if (request.url !== "/api/suggestions") return response.setHeader("content-type", "text/html").end(page)
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  const { text } = JSON.parse(Buffer.concat(chunks).toString())
  response.setHeader("content-type", "application/json").end(JSON.stringify(await suggest(text)))
}
createServer((request, response) => answer(request, response).catch((error) => {
  console.log(error)
  response.writeHead(500).end()
})).listen(process.env.PORT, process.env.HOST ?? "127.0.0.1")
process.on("SIGTERM", () => process.exit(0))
`

const suggest = `const rules = "Name the department that should answer this complaint."

/** What a model says of a complaint, or why none does. */
export async function suggest(text) {
  const { OPENAI_BASE_URL, OPENAI_API_KEY } = process.env
  if (!OPENAI_BASE_URL) return { error: "AI is off." }
  const answer = await fetch(OPENAI_BASE_URL + "/chat/completions", {
    method: "POST",
    headers: { "content-type": "application/json", authorization: "Bearer " + OPENAI_API_KEY },
    body: JSON.stringify({ model: "default", messages: [{ role: "system", content: rules }, { role: "user", content: text }] }),
    signal: AbortSignal.timeout(60_000),
  })
  const said = await answer.json()
  if (!answer.ok) return { error: said.error.message }
  return { said: said.choices[0].message.content, simulated: answer.headers.get("x-vibecaas-simulated") === "true" }
}
`

const packageFile = JSON.stringify({
  ...{ name: "complaint-desk", type: "module" },
  scripts: { start: "node server.js", test: "node --test" },
})

const test = `import assert from "node:assert/strict"
import { once } from "node:events"
import { createServer } from "node:http"
import { test } from "node:test"
import { suggest } from "../server/suggest.js"

test("a model is asked which department should answer a complaint", async () => {
  const asked = []
  const models = createServer(async (request, response) => {
    const chunks = []
    for await (const chunk of request) chunks.push(chunk)
    asked.push(JSON.parse(Buffer.concat(chunks).toString()))
    response.end(JSON.stringify({ choices: [{ message: { content: "Deliveries" } }] }))
  }).listen(0, "127.0.0.1")
  await once(models, "listening")
  process.env.OPENAI_BASE_URL = "http://127.0.0.1:" + models.address().port
  assert.deepEqual(await suggest("My box is late"), { said: "Deliveries", simulated: false })
  assert.equal(asked[0].messages[1].content, "My box is late")
  delete process.env.OPENAI_BASE_URL
  assert.deepEqual(await suggest("My box is late"), { error: "AI is off." })
  models.close()
})
`

const build = {
  ...{ role: "ai_feature", title: "Suggest who should answer" },
  instructions: "Build the page, and let a model name the department that should answer.",
}
const verify = {
  ...{ role: "testing", title: "Prove the suggestion" },
  instructions: "Prove that a model is asked, and that the page says so when none is.",
}

const goal = "A complaint desk where a language model names the department that should answer."

export const complaintDesk: { goal: string; tasks: WrittenTask[] } = {
  goal,
  tasks: [
    {
      ...{ role: "planning", title: "Plan the work", instructions: "Turn the goal into tasks." },
      answers: [
        [
          call("plan_tasks", {
            ...{ name: "Complaint desk", summary: "One page, and a model that is asked." },
            clauses: [{ words: goal }],
            tasks: [
              {
                ...{ key: "build", dependsOn: [], ...build },
                check: { kind: "page", path: "/", contains: "Complaint desk" },
              },
              {
                ...{ key: "verify", dependsOn: ["build"], ...verify },
                check: { kind: "command", argv: ["node", "--test"] },
              },
            ],
          }),
        ],
      ],
    },
    {
      ...build,
      answers: [
        [
          call("request_ai", {
            ...{ reason: "names the department that should answer a complaint", centsMax: 150 },
            tokensMax: 50_000,
          }),
        ],
        [
          call("write_file", { path: "package.json", content: packageFile }),
          call("write_file", { path: "server.js", content: server }),
          call("write_file", { path: "server/suggest.js", content: suggest }),
        ],
        [call("start_app"), call("fetch_page", { path: "/" })],
        "The page asks a model at OPENAI_BASE_URL and says whether it is simulated.",
      ],
    },
    {
      ...verify,
      answers: [
        [call("write_file", { path: "test/suggest.test.js", content: test })],
        [
          call("run_command", { argv: ["node", "--test"] }),
          call("start_app"),
          call("fetch_page", { path: "/" }),
        ],
        [
          call("account_for", {
            clauses: [
              {
                ...{ words: goal, built: true },
                proof: {
                  kind: "test",
                  name: "a model is asked which department should answer a complaint",
                },
              },
            ],
          }),
        ],
        "All tests pass.",
      ],
    },
  ],
}
