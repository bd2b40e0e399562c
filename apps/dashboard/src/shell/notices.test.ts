import { expect, test } from "vitest"
import { isNews, withNotice } from "./notices.ts"

const of = (
  projectId: string,
  before: "working" | "running" | undefined,
  after: "running" | "failed",
) => ({ projectId: projectId as never, name: projectId, before, after, at: 1 }) as const

test("that agents ended or ask is news; that an app starts, runs or is stopped is none", () => {
  expect(isNews("working", "running")).toBe(true)
  expect(isNews("asking", "failed")).toBe(true)
  expect(isNews("working", "asking")).toBe(true)
  expect(isNews("working", "starting")).toBe(false)
  expect(isNews("running", "stopped")).toBe(false)
  expect(isNews("asking", "working")).toBe(false)
  expect(isNews(undefined, "running")).toBe(false)
})

test("a project's newer notice takes the place of its older one, newest first", () => {
  let all = withNotice([], of("Tulips", "working", "failed"))
  all = withNotice(all, of("Roses", "working", "running"))
  all = withNotice(all, of("Tulips", "working", "running"))
  all = withNotice(all, of("Tulips", "running", "failed"))
  expect(all.map(({ title }) => title)).toEqual(["Tulips: Running", "Roses: Running"])
})
