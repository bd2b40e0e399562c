import { expect, test } from "vitest"
import { layoutGraph } from "./graph-layout.ts"

const graph = (text: string) =>
  layoutGraph(
    text.split(" ").map((part) => {
      const [id = "", parents = ""] = part.split("<")
      return { id, dependsOn: [...parents] }
    }),
  )
const places = (text: string) =>
  Object.fromEntries(graph(text).places.map(({ id, column, row }) => [id, [column, row]]))

test("a task stands one column after the last of those it waits for", () => {
  expect(places("a b<a c<b d<ac")).toEqual({ a: [0, 0], b: [1, 0], c: [2, 0], d: [3, 0] })
})

test("a column with fewer tasks is centred", () => {
  expect(places("a b<a c<a d<a e<bcd")).toEqual({
    a: [0, 1],
    b: [1, 0],
    c: [1, 1],
    d: [1, 2],
    e: [2, 1],
  })
})

test("tasks stand near what they wait for", () => {
  const { x, y } = places("a b x<b y<a")
  expect([x, y]).toEqual([
    [1, 1],
    [1, 0],
  ])
})

test("a dependency that follows from others gets no line", () => {
  expect(graph("a b<a c<ab").edges).toEqual([
    { from: "a", to: "b" },
    { from: "b", to: "c" },
  ])
})

test("a dependency on an unknown task and a circle do not stop the layout", () => {
  expect(graph("a<z b<c c<b").places).toHaveLength(3)
  expect(layoutGraph([])).toEqual({ columns: 0, rows: 0, places: [], edges: [] })
})
