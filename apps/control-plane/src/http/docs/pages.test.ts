import { kinds } from "@vibecaas/contract/kinds"
import type { RouteTable } from "@vibecaas/contract/routes"
import { expect, test } from "vitest"
import { callsOf, described, takesKey } from "./described.ts"
import { examplesOf } from "./examples.ts"
import { openApiOf } from "./openapi.ts"
import { referencePages } from "./pages.ts"
import { docsPath } from "./places.ts"

const rows = Object.entries(kinds).flatMap(([kind, { routes }]) => {
  const rowsOfKind: RouteTable = routes
  return Object.entries(rowsOfKind).map(([name, route]) => ({ name, kind, route }))
})
const document = described(
  openApiOf({
    ...{ rows, version: "1.2.3", publicUrl: "http://localhost:3000" },
    sessionCookie: "vibecaas.session",
  }),
)
const pages = referencePages(document)

test("every call has its part on one page, and every link inside leads to something", () => {
  const ids = new Map(
    [...pages].map(([place, { main }]) => [
      `${docsPath}${place}`,
      new Set([...main.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)),
    ]),
  )
  const parts = [...ids.values()].flatMap((each) => [...each])
  for (const { operation } of callsOf(document)) expect(parts).toContain(operation.operationId)
  const dead = [...pages.values()].flatMap(({ main }) =>
    [...main.matchAll(/href="(\/docs\/api[^"]*)"/g)]
      .map(([, href = ""]) => href)
      .filter((href) => {
        const [path = "", id] = href.split("#")
        return !ids.has(path) || (id !== undefined && !ids.get(path)?.has(id))
      }),
  )
  expect(dead).toEqual([])
})

test("a call that programs may make has examples without a secret in them, another has none", () => {
  for (const call of callsOf(document)) {
    const examples = examplesOf(call, document)
    expect(examples !== undefined, call.path).toBe(takesKey(call))
    expect(Object.values(examples ?? {}).join("\n")).not.toContain("vck_")
  }
})

test("what people write in a description cannot become a part of a page", () => {
  for (const { main } of pages.values()) expect(main).not.toMatch(/<script|onerror=|javascript:/)
})
