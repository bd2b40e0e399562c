import { expect, test } from "vitest"
import { read, readPages } from "./read.ts"
import { touches } from "./touch.ts"

const projectId = "prj_01k9x3v8hde8r8z6h3gk5c2v9w"
const other = "prj_01k9x3v8hde8r8z6h3gk5c2v9x"
const list = readPages("GET /projects", { query: { search: "x" } }).queryKey
const one = read("GET /projects/{projectId}", { params: { projectId } }).queryKey
const files = read("GET /projects/{projectId}/files", { params: { projectId } }).queryKey
const runs = readPages("GET /agents/runs", { query: { projectId } }).queryKey

test("a route touches all of its own reads, whatever they asked for, and no other's", () => {
  expect(touches("GET /projects", list)).toBe(true)
  expect(touches("GET /projects", one)).toBe(false)
  expect(touches("GET /projects", ["something of our own"])).toBe(false)
})

test("an object touches its own read, with a star also everything below it", () => {
  expect(touches(["GET /projects/{projectId}", { projectId }], one)).toBe(true)
  expect(touches(["GET /projects/{projectId}", { projectId }], files)).toBe(false)
  expect(touches(["GET /projects/{projectId}/*", { projectId }], files)).toBe(true)
  expect(touches(["GET /projects/{projectId}/*", { projectId }], one)).toBe(true)
  expect(touches(["GET /projects/{projectId}/*", { projectId: other }], files)).toBe(false)
  expect(touches(["GET /projects/{projectId}/*", { projectId }], list)).toBe(false)
})

test("an object named in the query counts like one in the path", () => {
  expect(touches(["GET /agents/runs", { projectId }], runs)).toBe(true)
  expect(touches(["GET /agents/runs", { projectId: other }], runs)).toBe(false)
})
