"use client"
import { useMutation } from "@tanstack/react-query"
import type { Run } from "@vibecaas/contract/kinds/agents"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { Columns2 } from "lucide-react"
import Link from "next/link"
import { useRouter } from "next/navigation"
import { useEffect, useRef, useState } from "react"
import { PromptBox } from "../form/prompt-box.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { type Attachments, useAttachments } from "../form/use-attachments.ts"
import { draftKey, useDraft } from "../form/use-draft.ts"
import { useForm } from "../form/use-form.ts"
import { useSession } from "../shell/session.tsx"
import { useShortcut } from "../shell/use-shortcut.ts"
import { buttonLook } from "../ui/button-look.ts"
import { changeWords, firstWords } from "./ask-words.ts"
import { candidatesOf, oneRun } from "./candidates.ts"
import { LazyCandidatesChoice } from "./lazy-choices.ts"
import { MessageBox } from "./message-box.tsx"
import { isRun, startComparison, startRun } from "./queries.ts"
import { isActive } from "./roles.ts"

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
    <MessageBox run={newest} attachments={attachments} />
  ) : (
    <GoalBox {...{ project, newest, attachments, again, onTaken }} />
  )
}

interface GoalBoxProps extends Pick<AskBoxProps, "project" | "newest" | "again" | "onTaken"> {
  attachments: Attachments
}

/** What was typed stays when it is refused. */
function GoalBox({ project, newest, attachments, again, onTaken }: GoalBoxProps) {
  const router = useRouter()
  const { me, offUnless, paths } = useSession()
  const field = useRef<HTMLTextAreaElement>(null)
  // A proposal that waits is of a project in which nothing was built yet.
  const proposed = project.state === "asking" && !newest
  const words = project.state === "empty" || proposed ? firstWords : changeWords
  const start = useMutation(startRun)
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
      if (!compared) {
        const made = await start.mutateAsync({ body })
        return isRun(made) ? paths.run(project.id, made.id) : paths.project(project.id)
      }
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
  useDraft(form, "goal", draftKey(me.id, project.id))
  useEffect(() => {
    if (again === undefined) return
    form.set({ goal: again })
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
      choices={<LazyCandidatesChoice value={candidates} onChange={setCandidates} />}
    />
  )
}

const busyReason = ({ state }: Project) =>
  state === "deleting" ? "The project is being deleted." : undefined
