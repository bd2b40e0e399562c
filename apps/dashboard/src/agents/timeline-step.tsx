"use client"
import type { Task } from "@vibecaas/contract/kinds/agents"
import { money } from "@vibecaas/contract/money"
import type { Step } from "@vibecaas/contract/run-step"
import { memo, type ReactNode, useState } from "react"
import { cn } from "../ui/cn.ts"
import { CodeBlock, diffLines, textLines } from "../ui/code-block.tsx"
import { duration, exactTime, stopwatch } from "../ui/format.ts"
import { LineCounts } from "../ui/line-counts.tsx"
import { AgentTile } from "./agent-tile.tsx"
import { Pictures } from "./pictures.tsx"
import { picturesOf } from "./pictures-of.ts"
import { roleLooks } from "./roles.ts"
import { viewOf } from "./step-view.ts"

/** how long a call has to take before its duration is worth a word, in `ms` */
const worthSayingMs = 100

interface TimelineStepProps {
  step: Step
  task: Task | undefined
  /** when the run started, in `ms` */
  startedAt: number
  last: boolean
  working: boolean
}

/** One row of the journal: who did what, and what came of it. */
export const TimelineStep = memo(function TimelineStep(props: TimelineStepProps) {
  const { step, task, startedAt, last, working } = props
  const view = viewOf(step)
  const at = Date.parse(step.startedAt)
  const role = task?.role ?? "planning"
  return (
    <li
      className={cn(
        "relative grid grid-cols-[52px_22px_minmax(0,1fr)] gap-x-2.5 py-[5px] text-13 motion-safe:animate-arrive max-md:grid-cols-[22px_minmax(0,1fr)]",
        !last &&
          "after:absolute after:top-[29px] after:-bottom-[3px] after:left-[72.5px] after:border-l after:border-line max-md:after:left-[10.5px]",
      )}
    >
      <time
        dateTime={step.startedAt}
        title={exactTime(at)}
        className="text-right font-mono text-11 leading-[22px] text-fg-3 max-md:col-start-2 max-md:row-start-1 max-md:text-left"
      >
        {stopwatch(at - startedAt)}
      </time>
      <span className="max-md:col-start-1 max-md:row-start-1">
        <AgentTile role={role} working={working} />
      </span>
      <div className="min-w-0 leading-[22px] max-md:col-start-2 max-md:leading-5">
        <p className={cn("[overflow-wrap:anywhere]", view.quiet && "text-fg-3")}>
          <b className={cn("font-medium", !view.quiet && "text-fg")}>{roleLooks[role].name}</b>
          {step.kind === "model" ? ": " : " "}
          {view.said ? (
            <Said step={step} all={view.said} />
          ) : (
            <Title step={step} about={view.about} />
          )}{" "}
          <LineCounts added={step.linesAdded} removed={step.linesRemoved} />
          {saysFailure(step) ? <span className="text-bad-fg"> failed</span> : null}
          {step.durationMs < worthSayingMs ? null : (
            <span className="text-12 text-fg-3"> {duration(step.durationMs)}</span>
          )}
          {step.costCents ? (
            <span className="text-12 text-fg-3"> {money(step.costCents)}</span>
          ) : null}
        </p>
        <Outcome step={step} view={view} />
        <Pictures pictures={picturesOf(step)} />
      </div>
    </li>
  )
})

/** A title that tells of the failure needs no second word for it. */
function saysFailure({ ok, title }: Step): boolean {
  return !ok && !/fail|refused|stopped|not /i.test(title)
}

/** The beginning of what a model said, and on demand all of it. */
function Said({ step, all }: { step: Step; all: string }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <span className={cn(open && "whitespace-pre-line")}>{open ? all : step.title}</span>{" "}
      <button
        type="button"
        aria-expanded={open}
        aria-label={`${open ? "Show less" : "Show all"} of “${step.title}”`}
        onClick={() => setOpen(!open)}
        className="rounded-1 text-12 text-accent-fg hover:underline hover:underline-offset-3"
      >
        {open ? "Show less" : "Show all"}
      </button>
    </>
  )
}

/** The title with what it is about in the type of machines. */
function Title({ step, about }: { step: Step; about: string }): ReactNode {
  const at = about ? step.title.indexOf(about) : -1
  if (at === -1) return step.title
  return (
    <>
      {step.title.slice(0, at)}
      <span className="mono">{about}</span>
      {step.title.slice(at + about.length)}
    </>
  )
}

function Outcome({ step, view }: { step: Step; view: ReturnType<typeof viewOf> }) {
  if (view.diff.length > 0) {
    return (
      <CodeBlock
        about={view.about}
        label={`Changes in ${view.about}`}
        lines={diffLines(view.diff)}
        shown={step.name === "write_file" ? 4 : 14}
        className="mt-1 mb-1.5"
      />
    )
  }
  if (view.text === "") return null
  const lines = view.text.split("\n")
  // A short good answer is evidence enough in its one line.
  if (step.ok && lines.length === 1 && view.text.length < 120 && !view.result) {
    return <p className="text-12 text-fg-3">{view.text}</p>
  }
  return (
    <CodeBlock
      about={view.about || step.name}
      label={`Output of ${view.about || step.name}`}
      end={view.result}
      lines={textLines(view.text)}
      shown={step.ok ? 6 : 14}
      fromEnd
      className="mt-1 mb-1.5"
    />
  )
}
