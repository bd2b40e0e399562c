import type { DataModel } from "@vibecaas/contract/data-model"
import { expect, test } from "vitest"
import { changesBetween, renderApp } from "./index.ts"

const list = (plural: string): DataModel["entities"][number] => ({
  ...{ name: plural, plural, label: plural, labelPlural: plural, filters: [] },
  fields: [{ name: "name", label: "Name", type: "text", required: true }],
})
const every: DataModel = {
  ...{ version: 1, name: "Books", unsupported: [] },
  entities: [list("books"), list("authors")],
}

test("a spec that stays the same changes no file", () => {
  const paths = renderApp(every).map(({ path }) => path)
  expect(changesBetween(every, structuredClone(every), paths)).toEqual([])
})

test("another spec changes app.json alone", () => {
  const next = structuredClone(every)
  next.entities.pop()
  const paths = renderApp(every).map(({ path }) => path)
  expect(changesBetween(every, next, paths).map(({ path }) => path)).toEqual(["app.json"])
})

test("the rule of suggestions is written by who builds what is clever, where there is one", () => {
  const roleIn = (spec: DataModel) =>
    renderApp(spec).find(({ path }) => path === "suggest.js")?.role
  expect(roleIn(every)).toBe("backend")
  const suggesting = structuredClone(every)
  for (const entity of suggesting.entities) entity.suggestion = { title: "Next" }
  expect(roleIn(suggesting)).toBe("ai_feature")
})
