"use client"
import { useQuery } from "@tanstack/react-query"
import type { ModelPrice } from "@vibecaas/contract/model-cost"
import type { ModelInfo } from "@vibecaas/contract/model-info"
import { read } from "../api/read.ts"
import { priceWords } from "./cost-words.ts"

export function useModels() {
  return useQuery({ ...read("GET /agents/models"), staleTime: 300_000 })
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

interface ModelLabelProps {
  /** with what it costs, where that is looked up */
  model: ModelInfo & { price?: ModelPrice | null }
}

export function ModelLabel({ model }: ModelLabelProps) {
  if (!model.simulated) {
    return (
      <span
        className="text-12 text-fg-3"
        title={model.price === undefined ? undefined : priceWords(model.price)}
      >
        {model.label}
      </span>
    )
  }
  return (
    <span
      className="simulated-chip"
      title={
        model.provider === "offline"
          ? "No language model answers; apps are built from starters"
          : "A simulator answers, which is no real model"
      }
    >
      {model.label}
    </span>
  )
}
