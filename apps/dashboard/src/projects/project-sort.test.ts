import { expect, test } from "vitest"
import { project } from "../testing/projects.ts"
import { nextSort, sorted } from "./project-sort.ts"

const all = [
  project({ name: "beech", updatedAt: "2026-11-20T00:00:00.000Z" }),
  project({ name: "Alder", updatedAt: "2026-11-22T00:00:00.000Z" }),
  project({ name: "Cedar", updatedAt: "2026-11-21T00:00:00.000Z" }),
]
const names = (sort: string) => sorted(all, sort).map(({ name }) => name)

test("projects are put in order by a column, either way round, whatever the case of letters", () => {
  expect(names("name")).toEqual(["Alder", "beech", "Cedar"])
  expect(names("-changed")).toEqual(["Alder", "Cedar", "beech"])
  expect(names("")).toEqual(["beech", "Alder", "Cedar"])
  expect(names("goal; drop table")).toEqual(names(""))
})

test("a column is pressed for its order, for the other way, and for none", () => {
  expect(nextSort("", "name")).toBe("name")
  expect(nextSort("name", "name")).toBe("-name")
  expect(nextSort("-name", "name")).toBe("")
  expect(nextSort("-name", "state")).toBe("state")
})
