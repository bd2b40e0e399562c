import { afterAll, beforeAll, expect, test } from "vitest"
import { instructionsFor } from "./prompts.ts"
import { type AgentsWorld, agentsWorld } from "./testing/agents-world.ts"
import { type Said, type Seen, scriptedModels } from "./testing/scripted-model.ts"

let world: AgentsWorld
/** The first message of each task, by its goal and title. */
const prompts = new Map<string, string>()
let shelfIsDone = false

beforeAll(async () => {
  world = await agentsWorld({ models: scriptedModels(script) })
})
afterAll(() => world.close())

const files = (path: string) => ({ kind: "files", paths: [path] })
const task = (key: string, rest: object) => ({ key, title: key, instructions: "x", ...rest })
const plan = {
  ...{ summary: "A shelf and its page.", contract: "GET /api/shelf lists" },
  tasks: [
    task("shelf", { role: "backend", dependsOn: [], check: files("shelf.js") }),
    task("page", { role: "frontend", dependsOn: ["shelf"], check: files("page.html") }),
  ],
}

function script({ role, goal, about, answers, prompt }: Seen): Said {
  prompts.set(`${goal}/${about}`, prompt)
  if (role === "planning") {
    return goal === "a shelf"
      ? { calls: [{ name: "plan_tasks", input: plan }] }
      : { calls: [{ name: "decline", input: { reason: "Enough." } }] }
  }
  const path = about === "shelf" ? "shelf.js" : shelfIsDone ? "page.html" : "draft.html"
  const note = { name: "add_note", input: { text: "Books are sorted by title." } }
  if (answers > 0) return { text: `The ${about} is written.` }
  return { calls: [{ name: "write_file", input: { path, content: about } }, note] }
}

test("what was agreed, said, changed and noted reaches the next task, its retry and the next run", async () => {
  const { projectId, runId } = await world.ask("a shelf")
  await world.settle()
  expect(await world.run(runId)).toMatchObject({ state: "failed" })
  const page = prompts.get("a shelf/page")
  expect(page).toContain("<contract>\nGET /api/shelf lists\n</contract>")
  expect(page).toContain("Its agent said: The shelf is written.\nChanged: shelf.js")
  expect(page).toContain("<notes>\nBooks are sorted by title.\n</notes>")
  expect(page).not.toContain("<earlier_attempt>")

  shelfIsDone = true
  await world.retry(runId)
  await world.settle()
  expect(await world.run(runId)).toMatchObject({ state: "partly" })
  const again = prompts.get("a shelf/page")
  expect(again).toContain(
    "An earlier attempt at this task failed. Its files are there: draft.html.",
  )
  expect(again).toContain("These files are missing: page.html")

  await world.ask("make that bigger", projectId)
  await world.settle()
  expect(prompts.get("make that bigger/")).toContain(
    "Run 1, partly: a shelf\nPlanned: A shelf and its page.\nNot built: “a shelf”",
  )
})

test("who builds an app alone is told how pages are made", () => {
  const [beside, alone] = [instructionsFor("backend"), instructionsFor("backend", { alone: true })]
  const pages = instructionsFor("frontend").split("\n").at(-2) ?? "nothing"
  expect([beside, alone].map((words) => words.includes(pages))).toEqual([false, true])
})

test("what all roles share comes first, so that a provider can keep it", () => {
  const [one, other] = [instructionsFor("backend"), instructionsFor("frontend")]
  const shared = one.slice(0, one.indexOf("You are the"))
  expect(shared.length).toBeGreaterThan(1500)
  expect(other.startsWith(shared)).toBe(true)
})
