"use client"
import { useQuery } from "@tanstack/react-query"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { aiOf } from "./queries.ts"

/** Said beside an app whose answers of models come from nobody. */
export function AiMark({ projectId }: { projectId: Project["id"] }) {
  const { data } = useQuery(aiOf(projectId))
  if (!data?.enabled || !data.models.some(({ simulated }) => simulated)) return null
  return (
    <span
      className="simulated-chip"
      title="No language model is connected: what this app gets as answers says that it is simulated"
    >
      AI: simulated
    </span>
  )
}
