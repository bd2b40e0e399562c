import { afterEach, expect, test } from "vitest"
import { type LocalProject, localProject } from "../testing/local-project.ts"

const projects: LocalProject[] = []
function project() {
  const made = localProject()
  projects.push(made)
  return made
}
afterEach(async () => {
  for (const each of projects.splice(0)) await each.close()
})

const readingList =
  "A reading list: books with title, author, pages and a finished flag; I want to filter unfinished ones"

const json = { "content-type": "application/json" }

test("a goal becomes an app that tests itself, runs and keeps a book through a change", async () => {
  const app = project()
  const first = await app.run(readingList)
  expect(first.declined).toBeUndefined()
  expect(first.plan?.tasks.map(({ role }) => role)).toEqual([
    "backend",
    "frontend",
    "testing",
    "integration",
  ])
  expect(first.reports.testing).toMatch(/^The tests pass/)
  expect(first.reports.integration).toContain("every page answered")

  const book = { title: "Solaris", author: "Stanisław Lem", pages: 204, finished: false }
  const made = await app.fetch("/api/books", {
    method: "POST",
    headers: json,
    body: JSON.stringify(book),
  })
  expect(made.status).toBe(201)
  expect(await (await app.fetch("/?finished=no")).text()).toContain("Solaris")

  app.calls.length = 0
  const second = await app.run("add a rating from 1 to 5")
  expect(second.reports.testing).toMatch(/^The tests pass/)
  expect(second.plan?.tasks.map(({ role }) => role)).toEqual(["backend", "testing", "integration"])
  expect(app.calls.filter((call) => / write_file /.test(call))).toEqual([])
  expect(app.calls.some((call) => call.endsWith("edit_file app.json"))).toBe(true)

  const kept = await (await app.fetch("/api/books/1")).json()
  expect(kept).toMatchObject({ ...book, rating: null })
  const rated = await app.fetch("/api/books/1", {
    method: "PATCH",
    headers: json,
    body: '{"rating":5}',
  })
  expect(await rated.json()).toMatchObject({ rating: 5 })
  expect(await (await app.fetch("/")).text()).toContain('aria-label="5 of 5"')
}, 60_000)

test("nonsense builds nothing and says what would work", async () => {
  const app = project()
  const { plan, declined } = await app.run("asdf qwer")
  expect(plan).toBeUndefined()
  expect(declined).toContain("keep records")
  expect(app.paths()).toEqual([])
})
