"use client"
import { useQuery } from "@tanstack/react-query"
import type { ModelInfo } from "@vibecaas/contract/kinds/agents"
import { call } from "../api/call.ts"
import { keys } from "../api/keys.ts"

export function useModels() {
  return useQuery({
    queryKey: keys.models,
    queryFn: ({ signal }) => call("GET /agents/models", {}, { signal }),
    staleTime: 300_000,
  })
}

/** Which model will answer; dashed when it is a stand-in. */
export function ModelChip() {
  const { data } = useModels()
  const models = data ? Object.values(data.roles) : []
  const [first] = models
  if (!first) return null
  const same = models.every(({ label }) => label === first.label)
  return <ModelLabel model={same ? first : (models.find((model) => !model.simulated) ?? first)} />
}

export function ModelLabel({ model }: { model: ModelInfo }) {
  if (!model.simulated) return <span className="text-12 text-fg-3">{model.label}</span>
  return (
    <span
      className="simulated-chip"
      title="No language model answers; apps are built from blueprints"
    >
      {model.label}
    </span>
  )
}
