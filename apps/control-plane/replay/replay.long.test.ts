import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { answerInquiry } from "../src/agents/answer-inquiry.ts"
import { uploadAttachment } from "../src/agents/attachments/upload-attachment.ts"
import { type Cassette, readCassette } from "../src/agents/cassettes/cassette.ts"
import { sendMessage } from "../src/agents/send-message.ts"
import { startRun } from "../src/agents/start-run.ts"
import { type AgentsWorld, agentsWorld } from "../src/agents/testing/agents-world.ts"
import { oneTask } from "../src/agents/testing/one-task.ts"
import { sandboxMachines } from "../src/agents/testing/sandbox-machines.ts"
import { scriptedModels } from "../src/agents/testing/scripted-model.ts"
import { smallApp, smallAppTree } from "../src/agents/testing/small-app.ts"
import { smallImages } from "../src/agents/testing/small-images.ts"
import { defaultBudgets } from "../src/agents/work/budget.ts"
import { inWords } from "./departures.ts"
import { departuresOf, recordingOf, replayRun, replayWorld } from "./replay-run.ts"

const folder = join(import.meta.dirname, "cassettes")
const names = readdirSync(folder).filter((name) => name.endsWith(".json"))
const cassettes = new Map(
  names.map((name) => [name, readCassette(readFileSync(join(folder, name), "utf8"))]),
)

let world: AgentsWorld
beforeAll(async () => {
  world = await replayWorld([...cassettes.values()], { machines: sandboxMachines })
})
afterAll(() => world.close())

/** What departs, in words: the message of a test that fails. */
const wordsOf = (recorded: Cassette, played: Cassette, options = {}) =>
  departuresOf(recorded, played, options).map(inWords).join("\n\n")

test.each([...cassettes])("%s happens again as it was recorded", async (_, cassette) => {
  const played = await replayRun(world, cassette)
  expect(wordsOf(cassette, played)).toBe("")
})

test("a run of parallel tasks that asks, fails and is tried again is recorded and happens again", async () => {
  let broken = true
  const models = scriptedModels((seen) =>
    broken && seen.about === "test" ? { text: "I will not." } : smallApp(seen),
  )
  const original = await agentsWorld({ models })
  const { runId, projectId } = await original.ask("Ask whom to greet")
  const recorded = () => recordingOf(original, runId)
  await expect(recorded()).rejects.toMatchObject({ code: "wrong_state" })
  await original.settle()
  const [question] = (await original.run(runId)).inquiries
  const of = { runId, inquiryId: question?.id ?? "inq_" }
  await original.act((ctx) => answerInquiry(ctx, of, "Mara"))
  await original.settle()
  const failed = await recorded()
  broken = false
  await original.retry(runId)
  await original.settle()
  expect(await original.tree(projectId)).toEqual(smallAppTree)
  const mended = await recorded()
  await original.close()

  expect([failed, mended].map(({ end }) => end.state)).toEqual(["failed", "succeeded"])
  const again = await replayWorld([mended], {})
  expect(wordsOf(mended, await replayRun(again, mended))).toBe("")
  await again.close()
  const options = { recordedTools: true }
  const shown = await replayWorld([failed], {})
  expect(wordsOf(failed, await replayRun(shown, failed, options), options)).toBe("")
  await shown.close()
})

test("what people gave and wrote is in the recording, and is there when the run happens again", async () => {
  const copy = { name: "copy_attachment", input: { path: "attachments/a.webp", to: "a.webp" } }
  const read = { name: "read_file", input: { path: "attachments/note.txt" } }
  const models = scriptedModels(({ role, answers }) => {
    if (answers > 0) return { text: "Done." }
    return role === "planning"
      ? oneTask({ kind: "files", paths: ["a.webp"] })
      : { calls: [copy, read] }
  })
  const original = await agentsWorld({ models })
  const parts = { models, budgets: defaultBudgets }
  const { projectId } = await original.ask("Begin")
  await original.settle()
  const { id: runId } = await original.act(async (ctx) => {
    const { id } = await uploadAttachment(ctx, { name: "a.webp", bytes: smallImages.webp })
    const request = { projectId, goal: "Show it", attachments: [id] }
    const run = await startRun(ctx, { ...original.parts, ...parts }, request)
    const note = await uploadAttachment(ctx, { name: "note.txt", bytes: Buffer.from("blue") })
    await sendMessage(ctx, run.id, { text: "As this says", attachments: [note.id] })
    return run
  })
  await original.settle()
  const cassette = await recordingOf(original, runId)
  await original.close()
  expect(cassette).toMatchObject({
    attachments: [
      { path: "attachments/a.webp", message: null, content: { base64: expect.any(String) } },
      { path: "attachments/note.txt", message: 1, content: "blue" },
    ],
    messages: [{ text: "As this says" }],
    end: { state: "partly" },
  })
  const again = await replayWorld([cassette], {})
  expect(wordsOf(cassette, await replayRun(again, cassette))).toBe("")
  await again.close()
})

test("a run that called a tool outside happens again without its server", async () => {
  const models = scriptedModels(({ role, answers, results }) => {
    if (role === "planning") {
      return answers === 0 ? oneTask({ kind: "files", paths: ["told.txt"] }) : { text: "Planned." }
    }
    if (answers === 0) return { calls: [{ name: "mcp_desk_find", input: { words: "tulips" } }] }
    return answers === 1
      ? { calls: [{ name: "write_file", input: { path: "told.txt", content: results } }] }
      : { text: "Done." }
  })
  const tool = {
    ...{ calledAs: "mcp_desk_find", server: "desk", name: "find", description: "Finds." },
    inputSchema: { type: "object" },
  }
  const address = { url: "https://tools.example/mcp", headers: {} }
  const mcp = () => ({
    offered: async () => [tool],
    find: async () => ({ ...tool, mode: "allowed" as const, repeatable: true, address }),
    call: async () => ({ text: "Ticket 7: tulips", failed: false }),
  })
  const original = await agentsWorld({ models, mcp })
  const { runId, projectId } = await original.ask("Find tulips")
  await original.settle()
  expect((await original.tree(projectId))["told.txt"]).toContain("Ticket 7")
  const recorded = await recordingOf(original, runId)
  await original.close()

  const again = await replayWorld([recorded], {})
  const played = await replayRun(again, recorded)
  expect(wordsOf(recorded, played)).toBe("")
  expect(played.end).toEqual(recorded.end)
  await again.close()
})
