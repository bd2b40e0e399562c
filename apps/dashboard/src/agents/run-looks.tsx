"use client"
import type { Run } from "@vibecaas/contract/kinds/agents"
import { Note } from "../ui/note.tsx"
import { Pictures } from "./pictures.tsx"
import { newestLook, picturesOf, whyNotSeen } from "./pictures-of.ts"
import { useSteps } from "./queries.ts"
import { isActive } from "./roles.ts"

/** How the page looked that a run left, or why nobody looked. */
export function RunLooks({ run }: { run: Run }) {
  const look = newestLook(useSteps(run.id).data ?? [])
  if (!look || isActive(run.state)) return null
  const why = whyNotSeen(look)
  return why ? <Note tone="warn">{why}</Note> : <Pictures pictures={picturesOf(look)} />
}
