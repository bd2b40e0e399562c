"use client"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { MessageSquareText } from "lucide-react"
import { EmptyState } from "../ui/empty-state.tsx"
import { changeWords, firstWords } from "./ask-words.ts"

/** A project without a run. Of what came by an import or as a duplicate there are files already. */
export function NothingAsked({ project }: { project: Project }) {
  return (
    <EmptyState icon={MessageSquareText} title="Nothing was asked yet">
      {project.state === "empty"
        ? `Say what the app should do, for example: ${firstWords.example}. The agents plan, write, test and start it.`
        : `The app has its files. Say what should change, for example: ${changeWords.example}.`}
    </EmptyState>
  )
}
