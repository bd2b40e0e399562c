"use client"
import type { Run } from "@vibecaas/contract/agents"
import type { Project } from "@vibecaas/contract/projects"
import { useRouter } from "next/navigation"
import { type FormEvent, type KeyboardEvent, useId, useRef, useState } from "react"
import { expected, fieldError, problemOf } from "../api/problem.ts"
import { paths } from "../paths.ts"
import { goalText } from "../projects/limits.ts"
import { useSession } from "../shell/session.tsx"
import { useShortcut } from "../shell/use-shortcut.ts"
import { Button } from "../ui/button.tsx"
import { CopyId } from "../ui/copy-id.tsx"
import { Kbd } from "../ui/kbd.tsx"
import { useStartRun } from "./queries.ts"
import { isActive } from "./roles.ts"

interface AskBoxProps {
  project: Project
  newest: Run | undefined
}

/** Where a change is asked for; what was typed stays when it is refused. */
export function AskBox({ project, newest }: AskBoxProps) {
  const id = useId()
  const router = useRouter()
  const { offUnless } = useSession()
  const field = useRef<HTMLTextAreaElement>(null)
  const [goal, setGoal] = useState("")
  const [complaint, setComplaint] = useState<string>()
  const start = useStartRun(project.id)
  useShortcut("c", () => field.current?.focus())
  const off = offUnless("run:start", "start runs") ?? busyReason(project, newest)
  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    if (off || start.isPending) return
    const wrong = goalText(goal)
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
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    submit()
  }
  const failed = start.error ? problemOf(start.error) : undefined
  const error = complaint ?? (start.error && (fieldError(start.error, "goal") ?? failed?.detail))
  return (
    <form onSubmit={submit} aria-label="Ask for a change" className="grid gap-1.5">
      <div className="flex items-end gap-2 rounded-3 border border-line-field bg-bg has-[textarea:focus]:border-transparent has-[textarea:focus]:outline-2 has-[textarea:focus]:-outline-offset-1 has-[textarea:focus]:outline-focus">
        <label htmlFor={id} className="sr-only">
          What should change?
        </label>
        <textarea
          id={id}
          ref={field}
          rows={1}
          value={goal}
          maxLength={4000}
          onChange={(event) => {
            setGoal(event.target.value)
            setComplaint(undefined)
          }}
          onKeyDown={onKeyDown}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
          placeholder={
            newest ? "Ask for a change, for example a rating from 1 to 5" : "What should it do?"
          }
          className="field-sizing-content block max-h-48 min-h-10 min-w-0 flex-1 resize-none bg-transparent py-2.5 pl-3.5 text-14 outline-none"
        />
        <span className="pb-3 text-12 whitespace-nowrap text-fg-3 max-md:hidden">
          <Kbd>C</Kbd> to focus
        </span>
        <span className="flex-none p-1.5">
          <Button
            type="submit"
            kind="main"
            size="sm"
            off={off}
            busy={start.isPending ? "Starting run" : undefined}
            className="max-md:h-9"
          >
            {newest ? "Ask for change" : "Start run"}
          </Button>
        </span>
      </div>
      {error ? (
        <p id={`${id}-error`} role="alert" className="flex flex-wrap gap-x-3 text-12 text-bad-fg">
          {error}
          {failed?.requestId && !complaint && !expected(failed) ? (
            <CopyId id={failed.requestId} noun="request id" whole />
          ) : null}
        </p>
      ) : null}
    </form>
  )
}

function busyReason(project: Project, newest: Run | undefined): string | undefined {
  if (project.state === "deleting") return "The project is being deleted."
  if (newest && isActive(newest.state)) return `Run ${newest.number} is at work; wait or cancel it.`
  return undefined
}
