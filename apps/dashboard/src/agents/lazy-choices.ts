"use client"
import dynamic from "next/dynamic"

// Both stay empty until the models are read, so nothing waits for them.
export const LazyCandidatesChoice = dynamic(
  () => import("./candidates-choice.tsx").then((module) => module.CandidatesChoice),
  { ssr: false },
)
export const LazyModelChip = dynamic(
  () => import("./model-chip.tsx").then((module) => module.ModelChip),
  { ssr: false },
)
