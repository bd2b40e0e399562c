import type { LanguageModelV4Message } from "@ai-sdk/provider"
import type { IdOf } from "@vibecaas/contract/kinds"
import { isFault } from "@vibecaas/kernel/fault"
import { afterAll, beforeAll, expect, test } from "vitest"
import { removeExpired } from "../db/named-functions.ts"
import { createProject } from "../projects/index.ts"
import { removeAttachment, uploadAttachment } from "./attachments/upload-attachment.ts"
import { readRuns } from "./read-runs.ts"
import { sendMessage } from "./send-message.ts"
import { startRun } from "./start-run.ts"
import { type AgentsWorld, agentsWorld } from "./testing/agents-world.ts"
import { oneTask } from "./testing/one-task.ts"
import { type Said, type Seen, scriptedModels } from "./testing/scripted-model.ts"
import { smallApp } from "./testing/small-app.ts"
import { smallImages } from "./testing/small-images.ts"

let world: AgentsWorld
/** what the building agent says at its answer of this number */
let script: (seen: Seen) => Said
/** all that its model was sent */
let sent: LanguageModelV4Message[][] = []
const models = scriptedModels(
  (seen) =>
    seen.role !== "planning"
      ? script(seen)
      : seen.answers === 0
        ? oneTask({ kind: "files", paths: ["done.txt"] })
        : { text: "Planned." },
  { sees: true, hears: (prompt) => sent.push([...prompt]) },
)

beforeAll(async () => {
  world = await agentsWorld({ models })
})
afterAll(() => world.close())

const upload = (name: string, bytes: Uint8Array | string) =>
  world.act((ctx) => uploadAttachment(ctx, { name, bytes: Buffer.from(bytes) }))
const csv = "title,pages\nDune,412\n"

/** A run on a project with files that were uploaded for it. */
async function askWith(files: IdOf<"attachment">[], on?: IdOf<"project">) {
  const projectId = on ?? (await world.ask("Begin")).projectId
  await world.settle()
  const request = { projectId, goal: "Do it", attachments: files }
  const { id } = await world.act((ctx) => startRun(ctx, world.parts, request))
  return { projectId, runId: id }
}

const write = (path: string, content: string) => ({ name: "write_file", input: { path, content } })
const account = (clauses: object[]) => ({
  ...{ id: "more", name: "account_for" },
  input: { clauses },
})
const quiet = ({ answers }: Seen): Said =>
  answers === 0 ? { calls: [write("done.txt", String(Math.random()))] } : { text: "Done." }

test("agents see what was given, read texts of it and copy it into the app, byte for byte", async () => {
  script = quiet
  const files = [await upload("logo.png", smallImages.png), await upload("books.csv", csv)]
  const { projectId, runId } = await askWith(files.map(({ id }) => id))
  script = ({ answers, told }) =>
    [
      { calls: [{ name: "read_file", input: { path: "attachments/books.csv" } }] },
      {
        calls: [
          {
            name: "copy_attachment",
            input: { path: "attachments/logo.png", to: "public/logo.png" },
          },
          { ...write("attachments/books.csv", "mine"), id: "w1" },
          { ...write("done.txt", told), id: "w2" },
        ],
      },
    ][answers] ?? { text: "Done." }
  sent = []
  await world.settle()
  const run = await world.run(runId)
  expect(run.attachments).toMatchObject([
    { name: "logo.png", kind: "image", width: 3, path: "attachments/logo.png", message: null },
    { name: "books.csv", kind: "text", bytes: csv.length, path: "attachments/books.csv" },
  ])
  const head = (await world.repositories.of(projectId).head()) ?? ""
  const copied = await world.repositories.of(projectId).read(head, "public/logo.png", 1000)
  expect(copied?.content).toEqual(smallImages.png)
  const steps = await world.steps(runId)
  const outputs = steps.map(({ output }) => JSON.stringify(output))
  expect(outputs.join()).toContain("Dune,412")
  expect(steps.find(({ title }) => title.startsWith("write_file was refused"))?.title).toMatch(
    /attachments\/books\.csv is a file that somebody gave: it cannot be changed/,
  )
  const first = sent.find((prompt) => JSON.stringify(prompt).includes("<instructions>")) ?? []
  const [words, name, image] = first.find(({ role }) => role === "user")?.content ?? []
  expect(JSON.stringify(words)).toContain(
    "attachments/logo.png: image/png, 3 × 2, 1 kB\\nattachments/books.csv: text/plain, 1 kB",
  )
  expect([name, image]).toEqual([
    { type: "text", text: "attachments/logo.png:" },
    {
      ...{ type: "file", mediaType: "image/png" },
      data: { type: "data", data: smallImages.png.toString("base64") },
    },
  ])
})

test("a file is a wish of the goal: nobody showed what became of it, so the run ends partly", async () => {
  script = quiet
  const { id } = await upload("sketch.webp", smallImages.webp)
  const { runId } = await askWith([id])
  await world.settle()
  const { state, clauses } = await world.run(runId)
  expect(state).toBe("partly")
  expect(clauses).toContainEqual({
    ...{ words: "attachments/sketch.webp", state: "not_built" },
    why: "Nobody showed that it works.",
  })
})

test("a run succeeds when whoever verifies shows what became of each file and each passage of a message", async () => {
  const proof = { kind: "page", path: "/", contains: "Hello there" }
  const more = [
    { words: "attachments/words.txt", built: true, proof },
    { words: "Make it friendly", built: true, proof },
    { words: "thanks a lot", built: false, asksNothing: true },
  ]
  const small = scriptedModels((seen) => {
    const said = smallApp(seen)
    if (seen.about !== "look" || seen.answers > 0) return said
    return { ...said, calls: [...(said.calls ?? []), account(more)] }
  })
  const other = await agentsWorld({ models: small })
  const { projectId } = await other.act(async (ctx) => {
    const project = await createProject(ctx, { name: "Hello", preview: "private" })
    const { id } = await uploadAttachment(ctx, { name: "words.txt", bytes: Buffer.from("there") })
    const request = { projectId: project.id, goal: "Say hello", attachments: [id] }
    const run = await startRun(ctx, other.parts, request)
    await sendMessage(ctx, run.id, { text: "Make it friendly, thanks a lot!" })
    return run
  })
  await other.settle()
  const [run] = (
    await other.act((ctx) => readRuns(ctx, projectId, { limit: 1, cursor: undefined }))
  ).items
  expect(run).toMatchObject({
    state: "succeeded",
    clauses: [
      { words: "Say hello", state: "built" },
      { words: "attachments/words.txt", state: "built" },
      { words: "Make it friendly", state: "built" },
    ],
  })
  await other.close()
})

test("what comes with a message is seen with it, and later runs read it under a name of its own", async () => {
  const first = await upload("note.txt", "blue")
  script = quiet
  const { projectId, runId } = await askWith([first.id])
  const second = await upload("note.txt", "green")
  const photo = await upload("photo.jpeg", smallImages.jpeg)
  await world.act((ctx) =>
    sendMessage(ctx, runId, { text: "Like this", attachments: [second.id, photo.id] }),
  )
  sent = []
  await world.settle()
  const said = JSON.stringify(sent)
  expect(said).toContain("With it: attachments/note-2.txt: text/plain, 1 kB")
  expect(said).toContain(smallImages.jpeg.toString("base64"))
  script = ({ answers, told }) =>
    [
      { calls: [{ name: "read_file", input: { path: "attachments/note-2.txt" } }] },
      { calls: [write("done.txt", told)] },
    ][answers] ?? { text: "Done." }
  sent = []
  const again = await askWith([], projectId)
  await world.settle()
  expect(JSON.stringify(sent)).toContain("attachments/photo.jpeg: image/jpeg, 3 × 2, 1 kB, given")
  expect(JSON.stringify(sent)).not.toContain(smallImages.jpeg.toString("base64"))
  const steps = await world.steps(again.runId)
  expect(JSON.stringify(steps.map(({ output }) => output))).toContain("green")
})

const refusal = async (action: Promise<unknown>) =>
  action.then(
    () => undefined,
    (error: unknown) => (isFault(error) ? error.say : error),
  )

test("a file is given once, all together within their limit, and not removed after that", async () => {
  script = quiet
  const { id } = await upload("a.txt", "a")
  const { projectId } = await askWith([id])
  await world.settle()
  expect(await refusal(askWith([id], projectId))).toMatch(/not there any more, or was given before/)
  expect(await refusal(world.act((ctx) => removeAttachment(ctx, id)))).toMatch(/given to a run/)
  const large: IdOf<"attachment">[] = []
  for (const letter of ["a", "b", "c"]) {
    large.push((await upload("large.txt", letter.repeat(3_400_000))).id)
  }
  expect(await refusal(askWith(large, projectId))).toMatch(/more than 10 MB together/)
})

const kept = async () => {
  const { rows } = await world.db.adminPool.query(`
    select (select count(*)::int from attachments) as files,
      (select count(*)::int from attachment_contents) as contents,
      (select coalesce(sum(amount), 0)::int from quota_reservations
        where resource = 'attached_kilobytes') as kilobytes`)
  return rows[0]
}

test("the same bytes are kept once, until nobody has them; each file counts", async () => {
  const before = await kept()
  const one = await upload("one.txt", "the same words")
  const other = await upload("other.txt", "the same words")
  expect(await kept()).toEqual({
    files: before.files + 2,
    contents: before.contents + 1,
    kilobytes: before.kilobytes + 2,
  })
  await world.act((ctx) => removeAttachment(ctx, one.id))
  expect((await kept()).contents).toBe(before.contents + 1)
  await world.act((ctx) => removeAttachment(ctx, other.id))
  expect(await kept()).toEqual(before)
})

test("what was given to no run within a day goes, with its bytes and its share of the quota", async () => {
  await removeExpired(world.db.database, new Date(Date.now() + 2 * 86_400_000))
  const before = await kept()
  await upload("late.txt", "late words")
  await removeExpired(world.db.database, new Date())
  expect((await kept()).files).toBe(before.files + 1)
  const { attachments } = await removeExpired(
    world.db.database,
    new Date(Date.now() + 2 * 86_400_000),
  )
  expect(attachments).toBe(1)
  expect(await kept()).toEqual(before)
})

test("what a run was given goes with its project", async () => {
  script = quiet
  const before = await kept()
  const { id } = await upload("mine.txt", "only mine")
  const { projectId, runId } = await askWith([id])
  await world.settle()
  expect(await kept()).not.toEqual(before)
  await world.db.adminPool.query("update projects set wanted = 'gone' where id = $1", [projectId])
  const { loop, turn } = await world.turn("runs", runId)
  await loop.reconcile(turn)
  expect(await kept()).toEqual(before)
})
