"use client"
import type { Run } from "@vibecaas/contract/kinds/agents"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { SearchX } from "lucide-react"
import dynamic from "next/dynamic"
import Link from "next/link"
import { type CSSProperties, type ReactNode, useCallback, useRef, useState } from "react"
import { itemsIn } from "../api/kept.ts"
import { problemOf } from "../api/problem.ts"
import { PreviewPane } from "../apps/preview-pane.tsx"
import type { Device } from "../apps/preview-screen.tsx"
import { useTopic } from "../live/live-provider.tsx"
import { useOpenProject } from "../projects/project-frame.tsx"
import { useSession } from "../shell/session.tsx"
import { useShortcut } from "../shell/use-shortcut.ts"
import { buttonLook } from "../ui/button-look.ts"
import { cn } from "../ui/cn.ts"
import { EmptyState } from "../ui/empty-state.tsx"
import { ErrorPanel } from "../ui/error-panel.tsx"
import { Segmented } from "../ui/segmented.tsx"
import { Loading, Skeleton } from "../ui/skeleton.tsx"
import { SplitHandle, useSplit } from "../ui/split.tsx"
import { Steps } from "../ui/steps.tsx"
import { LazyTaskDetail } from "./lazy-task-detail.tsx"
import { NothingAsked } from "./nothing-asked.tsx"
import { useProposals, useRun, useRuns } from "./queries.ts"
import { isActive, stepOnWay, waySteps } from "./roles.ts"
import { RunHistory, RunsButton } from "./run-history.tsx"
import { RunSummary } from "./run-summary.tsx"
import { ShowPreviewBy } from "./show-preview.ts"
import { TaskGraph } from "./task-graph.tsx"
import { Timeline } from "./timeline.tsx"

// With its forms it is heavy, and most visits have none.
const ProposalPanel = dynamic(
  () => import("./proposal-panel.tsx").then((module) => module.ProposalPanel),
  { ssr: false, loading: () => <Skeleton className="h-40 rounded-3" /> },
)

// What agents do is read before they are written to; the box keeps its place meanwhile.
const AskBox = dynamic(() => import("./ask-box.tsx").then((module) => module.AskBox), {
  ssr: false,
  loading: () => <Skeleton className="h-[86px] rounded-3 max-md:h-[94px]" />,
})

const parts = [
  { value: "tasks", label: "Tasks" },
  { value: "timeline", label: "Timeline" },
  { value: "preview", label: "Preview" },
] as const
type Part = (typeof parts)[number]["value"]

/** What the agents do and did, beside the app. On a phone one part at a time. */
export function RunScreen({ runId }: { runId: string | undefined }) {
  const project = useOpenProject()
  const runs = itemsIn(useRuns(project.id).data)
  const [newest] = runs
  const shown = runId === undefined ? newest : runs.find(({ id }) => id === runId)
  const [part, setPart] = useState<Part>("tasks")
  const [device, setDevice] = useState<Device>("390")
  const [again, setAgain] = useState<string>()
  const split = useSplit("split:run", "min(425px, 45%)")
  // Beside the run there is no room for the app in the size of a desktop: it takes the run's.
  const alone = device === "full"
  useShortcut("escape", () => alone && setDevice("390"))
  const showPreview = useCallback(() => setPart("preview"), [])
  const columns = alone ? "minmax(0,1fr)" : split.columns
  return (
    <div
      style={{ "--columns": columns } as CSSProperties} // a variable of ours
      className="grid flex-1 grid-cols-[minmax(0,1fr)] md:grid-cols-(--columns)"
    >
      <div
        className={cn(
          "flex min-w-0 flex-col gap-5 px-8 pt-5 max-md:px-4 max-md:pt-4",
          part === "preview" && "max-md:flex-none",
          alone && "md:hidden",
        )}
      >
        <Segmented
          label="Parts of the run"
          value={part}
          segments={parts}
          onChange={setPart}
          className="flex md:hidden"
        />
        <div className={cn("contents", part === "preview" && "max-md:hidden")}>
          <ShowPreviewBy value={showPreview}>
            <Runs {...{ project, runId, part, again }} onAgain={setAgain} />
          </ShowPreviewBy>
        </div>
      </div>
      <SplitHandle
        label="Width of the preview"
        split={split}
        className={cn("max-md:hidden", alone && "hidden")}
      />
      <PreviewPane
        project={project}
        runId={runId ?? newest?.id}
        runCommit={shown && !isActive(shown.state) ? shown.commit : null}
        device={device}
        onDevice={setDevice}
        onRepair={(prompt) => {
          setAgain(prompt)
          if (alone) setDevice("390")
        }}
        className={cn(
          "max-md:border-l-0",
          alone ? "border-l-0" : "md:sticky md:top-0 md:h-dvh md:overflow-y-auto",
          part === "preview" ? "max-md:mt-4" : "max-md:hidden",
        )}
      />
    </div>
  )
}

interface RunsProps {
  project: Project
  runId: string | undefined
  part: Part
  /** a prompt to be written anew */
  again: string | undefined
  onAgain(prompt: string | undefined): void
}

function Runs({ project, runId, part, again, onAgain }: RunsProps) {
  const [listing, setListing] = useState(false)
  const runs = useRuns(project.id)
  const proposal = useOpenProposal(project.id)
  const items = itemsIn(runs.data)
  const shownId = runId ?? items[0]?.id
  const listed = items.find(({ id }) => id === shownId)
  const run = useRun(shownId, listed)
  useTopic(run.data ? `run:${run.data.id}` : undefined)
  // What was read stays while a later read fails.
  const failed = run.data ? undefined : (run.error ?? (runs.data ? undefined : runs.error))
  return (
    <>
      <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-5 pb-2">
        {runId === undefined ? <OpenProposal project={project} onChange={onAgain} /> : null}
        {failed && runId !== undefined && problemOf(failed).status === 404 ? (
          <NoSuchRun />
        ) : failed ? (
          <ErrorPanel
            title="The runs could not be loaded"
            error={failed}
            onRetry={() =>
              shownId ? Promise.all([runs.refetch(), run.refetch()]) : runs.refetch()
            }
          />
        ) : run.data ? (
          <>
            {listing && items.length > 1 ? (
              <RunHistory runs={runs} items={items} shown={run.data.id} />
            ) : null}
            <OneRun
              key={run.data.id}
              run={run.data}
              newest={run.data.id === items[0]?.id}
              part={part}
              end={
                items.length > 1 ? (
                  <RunsButton items={items} open={listing} onOpen={setListing} />
                ) : null
              }
            />
          </>
        ) : proposal && items.length === 0 ? null : runs.data && items.length === 0 ? (
          <NothingAsked project={project} />
        ) : (
          <RunSkeleton />
        )}
      </div>
      <div className="sticky bottom-0 z-10 -mx-1 mt-auto bg-bg px-1 pt-2 pb-4">
        <AskBox
          project={project}
          newest={items[0]}
          again={again}
          onTaken={() => onAgain(undefined)}
        />
      </div>
    </>
  )
}

function NoSuchRun() {
  const project = useOpenProject()
  const { paths } = useSession()
  return (
    <EmptyState
      icon={SearchX}
      title="There is no such run"
      action={
        <Link href={paths.project(project.id)} className={buttonLook()}>
          Show newest run
        </Link>
      }
    >
      The address may be mistyped, or the run belongs to another project.
    </EmptyState>
  )
}

interface OpenProposalProps {
  project: Project
  onChange(prompt: string): void
}

function OpenProposal({ project, onChange }: OpenProposalProps) {
  const { data, error, refetch } = useProposals(project.id)
  const proposal = useOpenProposal(project.id)
  if (proposal) return <ProposalPanel proposal={proposal} onChange={onChange} />
  if (data || !error) return null
  return (
    <ErrorPanel title="The proposals could not be loaded" error={error} onRetry={() => refetch()} />
  )
}

/** The newest proposal, while it waits, or nothing was asked since it was declined. */
function useOpenProposal(projectId: Project["id"]) {
  const newest = itemsIn(useRuns(projectId).data)[0]
  const proposal = itemsIn(useProposals(projectId).data)[0]
  if (proposal?.state === "waiting") return proposal
  const last = !newest || (proposal && proposal.createdAt > newest.createdAt)
  return proposal?.state === "declined" && last ? proposal : undefined
}

interface OneRunProps {
  run: Run
  newest: boolean
  part: Part
  /** at the end of its first line */
  end: ReactNode
}

function OneRun({ run, newest, part, end }: OneRunProps) {
  const [taskId, setTaskId] = useState<string>()
  const task = run.tasks.find(({ id }) => id === taskId)
  const graph = useRef<HTMLDivElement>(null)
  const close = () => {
    // The node that opened it is the only one that is pressed.
    graph.current?.querySelector<HTMLElement>("[aria-pressed=true]")?.focus()
    setTaskId(undefined)
  }
  useShortcut("escape", () => graph.current?.contains(document.activeElement) && close())
  return (
    <>
      <RunSummary run={run} newest={newest} end={end} />
      {run.number === 1 && isActive(run.state) ? (
        <Steps label="From words to an app" steps={waySteps} at={stepOnWay(run)} />
      ) : null}
      <div ref={graph} className={cn("grid gap-3", part !== "tasks" && "max-md:hidden")}>
        {run.tasks.length > 0 ? (
          <TaskGraph run={run} selected={taskId} onSelect={setTaskId} />
        ) : isActive(run.state) ? (
          <GraphSkeleton />
        ) : null}
        {task ? <LazyTaskDetail run={run} task={task} onClose={close} /> : null}
      </div>
      <div className={cn(part !== "timeline" && "max-md:hidden")}>
        <Timeline run={run} taskId={taskId} />
      </div>
    </>
  )
}

/** The plan is on its way: its first task and the ones that will follow. */
function GraphSkeleton() {
  return (
    <div className="grid grid-cols-4 gap-6 max-md:grid-cols-1 max-md:gap-2">
      <Loading what="plan" />
      {[1, 2, 3, 4].map((column) => (
        <Skeleton key={column} className="h-18 rounded-3" />
      ))}
    </div>
  )
}

function RunSkeleton() {
  return (
    <div className="grid gap-5">
      <Loading what="run" />
      <div className="grid gap-2 border-l-2 border-line py-1 pl-3">
        <Skeleton className="h-4 w-4/5" />
        <Skeleton className="w-2/5" />
      </div>
      <GraphSkeleton />
      <Skeleton className="w-24" />
      <Skeleton className="w-3/5" />
      <Skeleton className="w-2/5" />
    </div>
  )
}
