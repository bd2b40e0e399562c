import { setTimeout as sleep } from "node:timers/promises"
import { afterAll, beforeAll, expect, test } from "vitest"
import {
  ask,
  askForChange,
  beginRun,
  openPreview,
  type Person,
  signIn,
  untilRunEnded,
} from "./api.ts"
import { liveOf } from "./hand-made-app.ts"
import { type Platform, startPlatform } from "./platform.ts"

const goal = "A reading list: books with title, author, pages and a finished flag"

let platform: Platform
let person: Person
beforeAll(async () => {
  platform = await startPlatform()
  person = await signIn(platform)
})
afterAll(() => platform?.remove())

const json = { "content-type": "application/json" }

/** Agents build twice, each time with all tests of the app. */
const patience = 240_000

test(
  "a prompt becomes a tested app that keeps a book over a restart and a change",
  async () => {
    const project = await beginRun(person, { prompt: goal, preview: "private" })
    const run = await untilRunEnded(person, project.run.id)
    expect(run.failure).toBeNull()
    expect(run.state).toBe("succeeded")
    expect(new Set(run.tasks.map((task) => task.role))).toEqual(
      new Set(["planning", "testing", "integration"]),
    )
    expect(run.model.simulated).toBe(true)

    const cookie = await openPreview(platform, person, project.id)
    const headers = { ...json, cookie }
    const page = await ask(platform, project.previewUrl, { headers: { cookie } })
    expect(page.status).toBe(200)
    expect(page.body).toMatch(/books/i)

    const books = `${project.previewUrl}/api/books`
    const book = { title: "Piranesi", author: "Susanna Clarke", pages: 272, finished: false }
    const added = await ask(platform, books, {
      method: "POST",
      headers,
      body: JSON.stringify(book),
    })
    expect(added.status).toBe(201)

    const machines = await person.call("GET /projects/{projectId}/machines", {
      params: { projectId: project.id },
    })
    const machineId = liveOf(machines.items)?.id ?? "vm_"
    const restarted = await person.call("POST /machines/{machineId}/restart", {
      params: { machineId },
    })
    expect(restarted.id).toBe(machineId)
    await sleep(500)
    expect(await untilBooks(books, cookie)).toMatchObject([book])

    const change = await askForChange(person, project.id, "add a rating from 1 to 5")
    const changed = await untilRunEnded(person, change.id)
    expect(changed.failure).toBeNull()
    expect(changed.state).toBe("succeeded")
    const rated = { ...book, title: "Stoner", rating: 5 }
    await untilBooks(books, cookie)
    expect(
      (await ask(platform, books, { method: "POST", headers, body: JSON.stringify(rated) })).status,
    ).toBe(201)
    const kept = await untilBooks(books, cookie)
    expect(kept).toHaveLength(2)
    expect(kept).toEqual(
      expect.arrayContaining([expect.objectContaining(book), expect.objectContaining(rated)]),
    )
    const refused = { ...rated, rating: 6 }
    expect(
      (await ask(platform, books, { method: "POST", headers, body: JSON.stringify(refused) }))
        .status,
    ).toBe(422)
  },
  patience,
)

/** The books once the app answers; it may be starting. */
async function untilBooks(url: string, cookie: string): Promise<unknown[]> {
  for (let tries = 0; tries < 60; tries++) {
    const answer = await ask(platform, url, { headers: { cookie, accept: "application/json" } })
    if (answer.status === 200) {
      const body: unknown = JSON.parse(answer.body)
      return Array.isArray(body) ? body : ((body as { items?: unknown[] }).items ?? [])
    }
    await sleep(250)
  }
  throw new Error(`${url} did not answer`)
}
