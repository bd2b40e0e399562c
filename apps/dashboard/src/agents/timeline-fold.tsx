"use client"
import type { Run } from "@vibecaas/contract/kinds/agents"
import { ChevronRight } from "lucide-react"
import { useState } from "react"
import { cn } from "../ui/cn.ts"
import { count, duration } from "../ui/format.ts"
import { State } from "../ui/state.tsx"
import { AgentTile } from "./agent-tile.tsx"
import { roleLooks, taskLook } from "./roles.ts"
import { notable, type TaskFold } from "./timeline-parts.ts"
import { TimelineStep } from "./timeline-step.tsx"

interface TimelineFoldProps {
  run: Run
  fold: TaskFold
  /** when the run started, in `ms` */
  startedAt: number
}

/** A task that has ended: one line, below it what failed and what tests said, all of it on demand. */
export function TimelineFold({ run, fold: { task, steps }, startedAt }: TimelineFoldProps) {
  const [open, setOpen] = useState(false)
  const shown = open ? steps : notable(steps)
  const { name } = roleLooks[task.role]
  const took =
    task.startedAt && task.finishedAt
      ? duration(Date.parse(task.finishedAt) - Date.parse(task.startedAt))
      : null
  return (
    <li className="border-b border-line py-1 last:border-b-0">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex w-full flex-wrap items-center gap-x-2.5 gap-y-1 rounded-2 px-1 py-1.5 text-left text-13 outline-offset-[-2px] hover:bg-hover"
      >
        <ChevronRight
          aria-hidden="true"
          className={cn("size-4 flex-none text-fg-3", open && "rotate-90")}
          strokeWidth={1.75}
        />
        <AgentTile role={task.role} working={false} />
        <span className="min-w-0 flex-1 basis-40 [overflow-wrap:anywhere]">
          <b className="font-medium">{name}</b> <span className="text-fg-2">{task.title}</span>
        </span>
        <State look={taskLook(task, run)} className="text-12" />
        <span className="text-12 text-fg-3 tabular-nums">
          {count(steps.length, "step")}
          {took ? `, ${took}` : ""}
        </span>
      </button>
      {shown.length > 0 ? (
        <ol className="mb-1">
          {shown.map((step, at) => (
            <TimelineStep
              key={step.id}
              step={step}
              task={task}
              startedAt={startedAt}
              last={at === shown.length - 1}
              working={false}
            />
          ))}
        </ol>
      ) : null}
    </li>
  )
}
