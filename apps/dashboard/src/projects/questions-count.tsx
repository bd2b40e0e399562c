"use client"
import { count } from "../ui/format.ts"
import { useProjects } from "./queries.ts"

/** How many projects wait for somebody's answer, beside the page that lists them. */
export function QuestionsCount() {
  const asking = useProjects({ state: "asking", search: "" })
  const projects = asking.data?.pages[0]?.items.length ?? 0
  if (projects === 0) return null
  return (
    <span
      title={`${count(projects, "project")} waiting for an answer`}
      className="st badge st-warn ml-auto"
    >
      {projects}
      <span className="sr-only"> waiting for an answer</span>
    </span>
  )
}
