"use client"
import type { Run } from "@vibecaas/contract/kinds/agents"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { useRouter } from "next/navigation"
import { useRef, useState } from "react"
import { goalText } from "../projects/limits.ts"
import { useSession } from "../shell/session.tsx"
import { useShortcut } from "../shell/use-shortcut.ts"
import { PromptBox, type PromptWords } from "../ui/prompt-box.tsx"
import { useStartRun } from "./queries.ts"
import { isActive } from "./roles.ts"

const doing = "Starting run"
/** for a project in which nothing was built yet */
export const firstWords: PromptWords = {
  form: "Describe the app",
  label: "What should it do?",
  example: "notes with title and text; I want to search in both",
  verb: "Start run",
  doing,
}
const changeWords: PromptWords = {
  form: "Ask for a change",
  label: "What should change?",
  example: "add a rating from 1 to 5",
  verb: "Ask for change",
  doing,
}

interface AskBoxProps {
  project: Project
  newest: Run | undefined
}

/** Where an app is described, later a change to it; what was typed stays when it is refused. */
export function AskBox({ project, newest }: AskBoxProps) {
  const router = useRouter()
  const { offUnless, paths } = useSession()
  const field = useRef<HTMLTextAreaElement>(null)
  const words = project.state === "empty" ? firstWords : changeWords
  const [goal, setGoal] = useState("")
  const [complaint, setComplaint] = useState<string>()
  const start = useStartRun(project.id)
  useShortcut("c", () => field.current?.focus())
  const off = offUnless("run:start", "start runs") ?? busyReason(project, newest)
  const submit = () => {
    if (off || start.isPending) return
    const wrong =
      words === changeWords && goal.trim() === ""
        ? `Say what should change, for example: ${words.example}.`
        : goalText(goal)
    setComplaint(wrong)
    if (wrong) return field.current?.focus()
    start.mutate(goal.trim(), {
      onSuccess: (run) => {
        setGoal("")
        // The plan appears at the top.
        window.scrollTo({ top: 0 })
        router.push(paths.run(project.id, run.id))
      },
    })
  }
  return (
    <PromptBox
      words={words}
      fieldRef={field}
      value={goal}
      onChange={(text) => {
        setGoal(text)
        setComplaint(undefined)
      }}
      onSubmit={submit}
      off={off}
      pending={start.isPending}
      complaint={complaint}
      error={start.error}
      fields={["goal"]}
    />
  )
}

function busyReason(project: Project, newest: Run | undefined): string | undefined {
  if (project.state === "deleting") return "The project is being deleted."
  if (newest && isActive(newest.state)) return `Run ${newest.number} is at work; wait or cancel it.`
  return undefined
}
