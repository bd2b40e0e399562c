"use client"
import type { Comparison } from "@vibecaas/contract/comparison"
import type { Run } from "@vibecaas/contract/kinds/agents"
import { Columns2, SearchX } from "lucide-react"
import Link from "next/link"
import { useState } from "react"
import { itemsIn } from "../api/kept.ts"
import { useOpenProject } from "../projects/project-frame.tsx"
import { useSession } from "../shell/session.tsx"
import { buttonLook } from "../ui/button-look.ts"
import { cn } from "../ui/cn.ts"
import { EmptyState } from "../ui/empty-state.tsx"
import { ErrorPanel } from "../ui/error-panel.tsx"
import { clockTime, exactTime } from "../ui/format.ts"
import { Note } from "../ui/note.tsx"
import { Page } from "../ui/page-head.tsx"
import { Panel } from "../ui/panel.tsx"
import { Loading, Skeleton } from "../ui/skeleton.tsx"
import { StateBadge } from "../ui/state.tsx"
import { CancelComparison } from "./cancel-comparison.tsx"
import { CandidateChanges } from "./candidate-changes.tsx"
import { CandidateColumn } from "./candidate-column.tsx"
import { ComparisonList } from "./comparison-list.tsx"
import { comparisonLooks, isOpen } from "./comparison-looks.ts"
import { useComparison, useComparisons } from "./queries.ts"

/** What several candidates made of one goal, side by side, and the choice between them. */
export function CompareScreen({ comparisonId }: { comparisonId: string | undefined }) {
  const project = useOpenProject()
  const list = useComparisons(project.id)
  const items = itemsIn(list.data)
  const shownId = comparisonId ?? items[0]?.id
  const shown = useComparison(
    shownId,
    items.find(({ id }) => id === shownId),
  )
  const failed = shown.data ? undefined : (shown.error ?? (list.data ? undefined : list.error))
  return (
    <Page>
      {failed ? (
        <ErrorPanel
          title="The comparison could not be loaded"
          error={failed}
          onRetry={() => Promise.all([list.refetch(), ...(shownId ? [shown.refetch()] : [])])}
        />
      ) : shown.data?.projectId === project.id ? (
        <OneComparison key={shown.data.id} comparison={shown.data} />
      ) : shown.data ? (
        <Panel label="Comparison">
          <EmptyState icon={SearchX} title="There is no such comparison">
            It belongs to another project.
          </EmptyState>
        </Panel>
      ) : list.data && items.length === 0 ? (
        <NothingCompared />
      ) : (
        <CompareSkeleton />
      )}
      {items.length > 1 ? <ComparisonList {...{ list, items, shownId }} /> : null}
    </Page>
  )
}

function OneComparison({ comparison }: { comparison: Comparison }) {
  const { goal, state, failure, startedBy, candidates } = comparison
  const [changesOf, setChangesOf] = useState<Run>()
  const at = Date.parse(comparison.createdAt)
  return (
    <section aria-label="Comparison" className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
        <div className="min-w-0 flex-[1_1_240px] border-l-2 border-accent py-0.5 pl-3">
          <p className="text-16 tracking-[-0.006em] [overflow-wrap:anywhere] whitespace-pre-line">
            {goal}
          </p>
          <div className="facts mt-1 text-12">
            <StateBadge look={comparisonLooks[state]} />
            <span>{candidates.length} candidates</span>
            <span title={exactTime(at)}>
              by {startedBy}, {clockTime(at)}
            </span>
          </div>
        </div>
        {isOpen(comparison) ? <CancelComparison comparison={comparison} /> : null}
      </div>
      {failure ? (
        <Note tone="bad" {...(isOpen(comparison) ? { title: "Nothing was promoted." } : {})}>
          {failure}
        </Note>
      ) : null}
      <ol
        aria-label="Candidates"
        className={cn(
          "grid grid-cols-[minmax(0,1fr)] gap-4 lg:grid-rows-[repeat(6,auto)] lg:gap-y-0",
          columns[candidates.length],
        )}
      >
        {candidates.map((candidate, at) => (
          <CandidateColumn
            key={candidate.runId}
            {...{ comparison, candidate, number: at + 1 }}
            changesShown={changesOf?.id === candidate.runId}
            onChanges={setChangesOf}
          />
        ))}
      </ol>
      {changesOf ? (
        <CandidateChanges
          key={changesOf.id}
          run={changesOf}
          base={comparison.base}
          number={candidates.findIndex(({ runId }) => runId === changesOf.id) + 1}
        />
      ) : null}
    </section>
  )
}

const columns: Readonly<Record<number, string>> = {
  2: "lg:grid-cols-[repeat(2,minmax(0,1fr))]",
  3: "lg:grid-cols-[repeat(3,minmax(0,1fr))]",
  4: "lg:grid-cols-[repeat(4,minmax(0,1fr))]",
}

function NothingCompared() {
  const { paths } = useSession()
  const { id } = useOpenProject()
  return (
    <Panel label="Comparison">
      <EmptyState
        icon={Columns2}
        title="Nothing was compared yet"
        action={
          <Link href={paths.project(id)} className={buttonLook()}>
            Ask for something
          </Link>
        }
      >
        Let two to four candidates work on the same goal, each with a model of its own or just once
        more. Visitors see none of it until you promote the best one.
      </EmptyState>
    </Panel>
  )
}

function CompareSkeleton() {
  return (
    <div className="grid gap-4">
      <Loading what="comparison" />
      <div className="grid gap-2 border-l-2 border-line py-1 pl-3">
        <Skeleton className="h-4 w-3/5" />
        <Skeleton className="w-1/4" />
      </div>
      <div className="grid gap-4 lg:grid-cols-2">
        <Skeleton className="h-72 rounded-3" />
        <Skeleton className="h-72 rounded-3" />
      </div>
    </div>
  )
}
