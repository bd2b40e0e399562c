"use client"
import { useMutation } from "@tanstack/react-query"
import type { Run } from "@vibecaas/contract/kinds/agents"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { Columns2 } from "lucide-react"
import Link from "next/link"
import { useRouter } from "next/navigation"
import { type RefObject, useEffect, useRef, useState } from "react"
import { PromptBox, type PromptWords } from "../form/prompt-box.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { type Attachments, useAttachments } from "../form/use-attachments.ts"
import { useForm } from "../form/use-form.ts"
import { useSession } from "../shell/session.tsx"
import { useShortcut } from "../shell/use-shortcut.ts"
import { buttonLook } from "../ui/button-look.ts"
import { CandidatesChoice, candidatesOf, oneRun } from "./candidates-choice.tsx"
import { MessageBox } from "./message-box.tsx"
import { useModels } from "./model-chip.tsx"
import { makeProposal, startComparison, startRun } from "./queries.ts"
import { isActive } from "./roles.ts"
import { useKeptText } from "./use-kept-text.ts"

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
  /** a prompt to be written anew */
  again?: string | undefined
  onTaken?: (() => void) | undefined
}

/** Where an app is described, later a change to it; while agents are at work, where they are written to. */
export function AskBox({ project, newest, again, onTaken }: AskBoxProps) {
  const { paths } = useSession()
  const atWork = newest && isActive(newest.state) && project.state !== "deleting"
  const typed = useRef("")
  const attachments = useAttachments()
  if (atWork && newest.comparisonId !== null) {
    return (
      <Link
        href={paths.comparison(project.id, newest.comparisonId)}
        className={buttonLook({ className: "w-full" })}
      >
        <Columns2 aria-hidden="true" />
        Compare the candidates
      </Link>
    )
  }
  return atWork ? (
    <MessageBox run={newest} typed={typed} attachments={attachments} />
  ) : (
    <GoalBox {...{ project, newest, typed, attachments, again, onTaken }} />
  )
}

interface GoalBoxProps extends Pick<AskBoxProps, "project" | "newest" | "again" | "onTaken"> {
  typed: RefObject<string>
  attachments: Attachments
}

/** What was typed stays when it is refused. */
function GoalBox({ project, newest, typed: kept, attachments, again, onTaken }: GoalBoxProps) {
  const router = useRouter()
  const { offUnless, paths } = useSession()
  const field = useRef<HTMLTextAreaElement>(null)
  // A proposal that waits is of a project in which nothing was built yet.
  const proposed = project.state === "asking" && !newest
  const words = project.state === "empty" || proposed ? firstWords : changeWords
  const start = useMutation(startRun)
  const propose = useMutation(makeProposal)
  const byStarters = useModels().data?.roles.planning.provider === "offline"
  const compare = useMutation(startComparison)
  const [candidates, setCandidates] = useState(oneRun)
  useShortcut("c", () => field.current?.focus())
  const off = offUnless("run:start", "start runs") ?? busyReason(project)
  const form = useForm({
    values: { goal: "" },
    body: (typed) => ({ projectId: project.id, goal: typed.goal.trim() }),
    schema: () => schemaOf("POST /agents/runs"),
    send: async (_, typed) => {
      const body = { projectId: project.id, goal: typed.goal.trim(), ...attachments.body() }
      const compared = candidatesOf(candidates)
      if (!compared && byStarters) {
        const { runId } = await propose.mutateAsync({ body: { ...body, confirm: "ask" } })
        return runId ? paths.run(project.id, runId) : paths.project(project.id)
      }
      if (!compared) return paths.run(project.id, (await start.mutateAsync({ body })).id)
      const { id } = await compare.mutateAsync({ body: { ...body, candidates: compared } })
      return paths.comparison(project.id, id)
    },
    done: (leadsTo) => {
      form.clear()
      attachments.clear()
      setCandidates(oneRun)
      // The plan appears at the top.
      window.scrollTo({ top: 0 })
      router.push(leadsTo)
    },
    check: (typed) => ({
      goal:
        words === changeWords && typed.goal.trim() === ""
          ? `Say what should change, for example: ${words.example}.`
          : undefined,
    }),
  })
  useKeptText(form, "goal", kept)
  useEffect(() => {
    if (again === undefined) return
    form.state.setValue("goal", again, { shouldDirty: true })
    field.current?.focus()
    onTaken?.()
  }, [again, form.state, onTaken])
  return (
    <PromptBox
      words={words}
      form={form}
      name="goal"
      fieldRef={field}
      off={off}
      attachments={attachments}
      compact
      choices={<CandidatesChoice value={candidates} onChange={setCandidates} />}
    />
  )
}

const busyReason = ({ state }: Project) =>
  state === "deleting" ? "The project is being deleted." : undefined
