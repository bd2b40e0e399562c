"use client"
import type { Run, Task } from "@vibecaas/contract/kinds/agents"
import { X } from "lucide-react"
import { DiffView } from "../projects/diff-view.tsx"
import { Button } from "../ui/button.tsx"
import { CodeBlock, textLines } from "../ui/code-block.tsx"
import { ErrorPanel } from "../ui/error-panel.tsx"
import { count, duration } from "../ui/format.ts"
import { Panel, Properties, Property } from "../ui/panel.tsx"
import { Loading, Skeleton } from "../ui/skeleton.tsx"
import { State } from "../ui/state.tsx"
import { costWords } from "./cost-words.ts"
import { useTaskDiff } from "./queries.ts"
import { roleLooks, taskLook } from "./roles.ts"

interface TaskDetailProps {
  run: Run
  task: Task
  onClose(): void
}

/** One task: what proves it, and what it changed. */
export function TaskDetail({ run, task, onClose }: TaskDetailProps) {
  const { name } = roleLooks[task.role]
  const cost = costWords(task.cost, run.model.simulated)
  return (
    <Panel
      label={`${name}: ${task.title}`}
      title={
        <>
          {name} <span className="font-normal text-fg-2">{task.title}</span>
        </>
      }
      end={
        <Button kind="ghost" size="sm" icon aria-label="Close task" onClick={onClose}>
          <X aria-hidden="true" />
        </Button>
      }
    >
      <Properties>
        <Property name="State">
          <State look={taskLook(task, run)} detail={detailOf(task)} />
        </Property>
        {task.check ? (
          <Property name="Done when">
            <span className="text-fg-2">{checkWords(task.check)}</span>
          </Property>
        ) : null}
        {cost ? (
          <Property name="Cost">
            <span className="text-fg-2">{cost}</span>
          </Property>
        ) : null}
        {task.evidence ? (
          <Property name="Evidence">
            <Evidence text={task.evidence} />
          </Property>
        ) : null}
      </Properties>
      <div className="border-t border-line p-4">
        <TaskChanges run={run} task={task} />
      </div>
    </Panel>
  )
}

function detailOf(task: Task): string | null {
  const took =
    task.startedAt && task.finishedAt
      ? `in ${duration(Date.parse(task.finishedAt) - Date.parse(task.startedAt))}`
      : ""
  const tries = task.tries > 1 ? `try ${task.tries}` : ""
  return [took, tries].filter(Boolean).join(", ") || null
}

function checkWords(check: NonNullable<Task["check"]>) {
  if (check.kind === "command") {
    return (
      <>
        <span className="mono text-fg">{check.argv.join(" ")}</span> exits with 0
      </>
    )
  }
  if (check.kind === "page") {
    return (
      <>
        the page <span className="mono text-fg">{check.path}</span> answers
        {check.contains ? ` with “${check.contains}”` : ""}
      </>
    )
  }
  return <>these files exist: {check.paths.join(", ")}</>
}

function Evidence({ text }: { text: string }) {
  const lines = text.trim().split("\n")
  if (lines.length === 1) return <span className="text-fg-2">{lines[0]}</span>
  return (
    <CodeBlock
      about={lines[0]}
      label="Evidence"
      lines={textLines(lines.slice(1).join("\n"))}
      fromEnd
      className="w-full"
    />
  )
}

function TaskChanges({ run, task }: { run: Run; task: Task }) {
  const started = task.startedAt !== null
  const { data, error, refetch } = useTaskDiff(run, task, started)
  if (!started) return <p className="text-13 text-fg-2">It has not started, so nothing changed.</p>
  if (error && !data) {
    return (
      <ErrorPanel title="The changes could not be loaded" error={error} onRetry={() => refetch()} />
    )
  }
  if (!data) {
    return (
      <div className="grid gap-3">
        <Loading what="changes" />
        <Skeleton className="w-2/5" />
        <Skeleton className="w-3/5" />
      </div>
    )
  }
  if (data.files.length === 0) {
    return <p className="text-13 text-fg-2">It changed no files of the project.</p>
  }
  return (
    <div className="grid gap-2">
      <h3 className="text-13 font-medium">
        What changed{" "}
        <span className="font-normal text-fg-3">{count(data.files.length, "file")}</span>
      </h3>
      <DiffView files={data.files} />
    </div>
  )
}
