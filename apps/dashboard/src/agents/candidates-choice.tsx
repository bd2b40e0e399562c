"use client"
import { candidatesCount } from "@vibecaas/contract/candidates-count"
import { Select } from "../ui/select.tsx"
import type { Candidates } from "./candidates.ts"
import { useModels } from "./model-chip.tsx"

interface CandidatesChoiceProps {
  value: Candidates
  onChange(candidates: Candidates): void
}

const { min, max } = candidatesCount
const counts = [
  { value: "1", label: "One run" },
  ...Array.from({ length: max - min + 1 }, (_, at) => ({
    value: `${min + at}`,
    label: `Compare ${min + at} candidates`,
  })),
]
const asSet = { value: "as set", label: "Models as set" }

/** How many candidates work on a goal, and which model each asks. */
export function CandidatesChoice({ value, onChange }: CandidatesChoiceProps) {
  const { data } = useModels()
  // Fixed rules build the same each time.
  if (data?.roles.planning.provider === "offline") return null
  const choices = data?.choices ?? []
  const options = [asSet, ...choices.map(({ name, label }) => ({ value: name, label }))]
  const put = (at: number, model: string | null) =>
    onChange(value.map((old, place) => (place === at ? model : old)))
  return (
    <>
      <Select
        label="Candidates"
        value={`${value.length}`}
        options={counts}
        onChange={(count) =>
          onChange(Array.from({ length: Number(count) }, (_, at) => value[at] ?? null))
        }
        className="h-7 w-auto rounded-2 border-line-2 px-2 text-12"
      />
      {value.length >= min && choices.length > 0
        ? value.map((model, at) => (
            <Select
              // A candidate is its place.
              key={`${at + 1}`}
              label={`Model of candidate ${at + 1}`}
              value={model ?? asSet.value}
              options={options}
              onChange={(chosen) => put(at, chosen === asSet.value ? null : chosen)}
              className="h-7 w-auto max-w-44 rounded-2 border-line-2 px-2 text-12"
            />
          ))
        : null}
    </>
  )
}
