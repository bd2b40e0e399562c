"use client"
import { useMutation } from "@tanstack/react-query"
import type { Run } from "@vibecaas/contract/kinds/agents"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { useRouter } from "next/navigation"
import { useRef } from "react"
import { PromptBox, type PromptWords } from "../form/prompt-box.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { useForm } from "../form/use-form.ts"
import { useSession } from "../shell/session.tsx"
import { useShortcut } from "../shell/use-shortcut.ts"
import { startRun } from "./queries.ts"
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
  const start = useMutation(startRun)
  useShortcut("c", () => field.current?.focus())
  const off = offUnless("run:start", "start runs") ?? busyReason(project, newest)
  const form = useForm({
    values: { goal: "" },
    body: (typed) => ({ projectId: project.id, goal: typed.goal.trim() }),
    schema: () => schemaOf("POST /agents/runs"),
    send: (_, typed) =>
      start.mutateAsync({ body: { projectId: project.id, goal: typed.goal.trim() } }),
    done: (run) => {
      form.clear()
      // The plan appears at the top.
      window.scrollTo({ top: 0 })
      router.push(paths.run(project.id, run.id))
    },
    check: (typed) => ({
      goal:
        words === changeWords && typed.goal.trim() === ""
          ? `Say what should change, for example: ${words.example}.`
          : undefined,
    }),
  })
  return <PromptBox words={words} form={form} name="goal" fieldRef={field} off={off} />
}

function busyReason(project: Project, newest: Run | undefined): string | undefined {
  if (project.state === "deleting") return "The project is being deleted."
  if (newest && isActive(newest.state)) return `Run ${newest.number} is at work; wait or cancel it.`
  return undefined
}
