"use client"
import type { Run } from "@vibecaas/contract/kinds/agents"
import type { RunMessage } from "@vibecaas/contract/run-message"
import type { Step } from "@vibecaas/contract/run-step"
import { ScrollText } from "lucide-react"
import { useRef, useState } from "react"
import { Button } from "../ui/button.tsx"
import { cn } from "../ui/cn.ts"
import { EmptyState } from "../ui/empty-state.tsx"
import { ErrorPanel } from "../ui/error-panel.tsx"
import { count } from "../ui/format.ts"
import { Segmented } from "../ui/segmented.tsx"
import { Loading, Skeleton } from "../ui/skeleton.tsx"
import { useSteps } from "./queries.ts"
import { isActive, roleLooks, taskLooks } from "./roles.ts"
import { passes, type StepFilter } from "./step-view.ts"
import { TimelineFold } from "./timeline-fold.tsx"
import { TimelineMessage } from "./timeline-message.tsx"
import {
  foldedParts,
  isFold,
  isMessage,
  type TimelinePart,
  withMessages,
} from "./timeline-parts.ts"
import { TimelineStep } from "./timeline-step.tsx"
import { useFollowEnd } from "./use-follow-end.ts"

const filters = [
  { value: "all", label: "All" },
  { value: "changes", label: "Changes" },
  { value: "commands", label: "Commands" },
  { value: "tests", label: "Tests" },
] as const
/** steps shown before earlier ones have to be asked for */
const shownAtFirst = 60

interface TimelineProps {
  run: Run
  /** only the steps of this task */
  taskId: string | undefined
}

/** Everything that was done, as the journal has it. */
export function Timeline({ run, taskId }: TimelineProps) {
  const steps = useSteps(run.id)
  const [filter, setFilter] = useState<StepFilter>("all")
  const [whole, setWhole] = useState(false)
  const mayFold = filter === "all" && taskId === undefined
  const all = steps.data ?? []
  const chosen = all.filter(
    (step) => (taskId === undefined || step.taskId === taskId) && passes(step, filter),
  )
  const task = run.tasks.find(({ id }) => id === taskId)
  return (
    <section aria-label="Timeline" className="min-w-0">
      <div className="mb-2 flex min-h-7 flex-wrap items-center gap-x-3 gap-y-2">
        <h2 className="text-13 font-medium">Timeline</h2>
        <span className="text-12 text-fg-3 tabular-nums">
          {all.length === 0 ? "" : wordsFor(all.length, chosen.length)}
          {task ? ` of ${roleLooks[task.role].name}` : ""}
        </span>
        {mayFold && all.length > 0 ? (
          <Button size="sm" kind="ghost" aria-pressed={whole} onClick={() => setWhole(!whole)}>
            Show all steps
          </Button>
        ) : null}
        <Segmented
          small
          label="Steps"
          value={filter}
          segments={filters}
          onChange={setFilter}
          className="ml-auto max-md:ml-0"
        />
      </div>
      <Body
        run={run}
        steps={steps}
        chosen={chosen}
        messages={mayFold ? run.messages : []}
        folded={mayFold && !whole}
        key={`${run.id} ${taskId} ${filter}`}
      />
      {isActive(run.state) ? <Announcer steps={all} /> : null}
    </section>
  )
}

function wordsFor(all: number, shown: number): string {
  return all === shown ? count(all, "step") : `${count(all, "step")}, ${shown} shown`
}

interface BodyProps {
  run: Run
  steps: ReturnType<typeof useSteps>
  chosen: readonly Step[]
  messages: readonly RunMessage[]
  /** tasks that have ended are one line each */
  folded: boolean
}

function Body({ run, steps, chosen, messages, folded }: BodyProps) {
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const active = isActive(run.state)
  const following = useFollowEnd(box, chosen.length + messages.length, active)
  if (steps.error && !steps.data) {
    return (
      <ErrorPanel
        title="The timeline could not be loaded"
        error={steps.error}
        onRetry={() => steps.refetch()}
      />
    )
  }
  if (!steps.data) return <TimelineSkeleton />
  if (chosen.length + messages.length === 0)
    return <NoSteps run={run} any={steps.data.length > 0} />
  const hidden = open || folded ? 0 : Math.max(0, chosen.length - shownAtFirst)
  return (
    <div
      ref={box}
      {...following}
      // While it grows it scrolls in itself, so that the newest step is in sight.
      {...(active ? { role: "group", "aria-label": "Steps so far", tabIndex: 0 } : {})}
      className={cn(active && "overflow-y-auto overscroll-contain")}
    >
      {hidden > 0 ? (
        <Button size="sm" kind="ghost" onClick={() => setOpen(true)}>
          Show {count(hidden, "earlier step")}
        </Button>
      ) : null}
      <Parts
        run={run}
        parts={
          folded ? foldedParts(run, chosen, messages) : withMessages(chosen.slice(hidden), messages)
        }
      />
    </div>
  )
}

function Parts({ run, parts }: { run: Run; parts: readonly TimelinePart[] }) {
  const startedAt = Date.parse(run.startedAt ?? run.createdAt)
  const newestOf = new Map(
    parts.flatMap((part) => ("taskId" in part ? [[part.taskId, part.id] as const] : [])),
  )
  return (
    <ol>
      {parts.map((part, at) => {
        if (isMessage(part)) {
          return <TimelineMessage key={part.id} run={run} message={part} startedAt={startedAt} />
        }
        if (isFold(part)) {
          return <TimelineFold key={part.task.id} run={run} fold={part} startedAt={startedAt} />
        }
        const task = run.tasks.find(({ id }) => id === part.taskId)
        const busy = task !== undefined && taskLooks[task.state].glyph === "busy"
        return (
          <TimelineStep
            key={part.id}
            step={part}
            task={task}
            startedAt={startedAt}
            last={at === parts.length - 1}
            working={busy && newestOf.get(part.taskId) === part.id}
          />
        )
      })}
    </ol>
  )
}

function NoSteps({ run, any }: { run: Run; any: boolean }) {
  if (isActive(run.state) && !any) {
    return (
      <EmptyState icon={ScrollText} title="No step yet">
        A step appears here when its call has run.
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={ScrollText} title={any ? "No such step" : "No steps"}>
      {any ? "Nothing of this kind was done in this run." : "It ended before its first call."}
    </EmptyState>
  )
}

/** Says the newest step to those who do not see it. */
function Announcer({ steps }: { steps: readonly Step[] }) {
  return (
    <p role="status" className="sr-only">
      {steps.at(-1)?.title}
    </p>
  )
}

function TimelineSkeleton() {
  return (
    <div className="grid gap-4 py-2">
      <Loading what="timeline" />
      {["w-3/5", "w-2/5", "w-4/5", "w-1/2"].map((width) => (
        <div key={width} className="flex items-center gap-2.5 pl-[62px] max-md:pl-0">
          <Skeleton className="size-[22px] rounded-2" />
          <Skeleton className={width} />
        </div>
      ))}
    </div>
  )
}
