"use client"
import { useQuery } from "@tanstack/react-query"
import { Box } from "lucide-react"
import type { Kind } from "../kind.ts"
import { projectChanged, projectDeleted } from "./live.ts"
import { projectOf } from "./queries.ts"
import { QuestionsCount } from "./questions-count.tsx"

/** Projects: their list, and of each its files, history and settings. */
export const projectsKind = {
  live: { "project.changed": projectChanged, "project.deleted": projectDeleted },
  missed: {
    organization: () => ["GET /projects"],
    project: (projectId) => [["GET /projects/{projectId}/*", { projectId }]],
  },
  pages: [
    {
      at: "/projects",
      ...{ name: "Projects", icon: Box, needs: "project:read", goKey: "p", place: 10 },
      Aside: QuestionsCount,
    },
    { at: "/projects/{projectId}", name: "Project", Name: ProjectName, place: 0 },
    { at: "/projects/{projectId}/files", name: "Files", place: 20 },
    { at: "/projects/{projectId}/history", name: "History", place: 30 },
    { at: "/projects/{projectId}/settings", name: "Settings", place: 90 },
  ],
} as const satisfies Kind

function ProjectName({ params }: { params: Record<string, string> }) {
  const project = useQuery({ ...projectOf(params.projectId ?? ""), enabled: false })
  return project.data?.name ?? "Project"
}
