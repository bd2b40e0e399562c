"use client"
import type { Comparison } from "@vibecaas/contract/comparison"
import type { Run } from "@vibecaas/contract/kinds/agents"
import type { ReactNode } from "react"
import { cn } from "../ui/cn.ts"
import { ErrorPanel } from "../ui/error-panel.tsx"
import { count, duration } from "../ui/format.ts"
import { LineCounts } from "../ui/line-counts.tsx"
import { Note } from "../ui/note.tsx"
import { Skeleton } from "../ui/skeleton.tsx"
import { State } from "../ui/state.tsx"
import { CandidateActions } from "./candidate-actions.tsx"
import { useChanges } from "./candidate-changes.tsx"
import { costWords } from "./cost-words.ts"
import { ModelLabel } from "./model-chip.tsx"
import { Pictures } from "./pictures.tsx"
import { newestLook, picturesOf, whyNotSeen } from "./pictures-of.ts"
import { useRun, useSteps } from "./queries.ts"
import { clauseLooks, isActive, runLook } from "./roles.ts"

interface CandidateProps {
  comparison: Comparison
  candidate: Comparison["candidates"][number]
  /** counts the candidates from 1 */
  number: number
  changesShown: boolean
  /** shows a candidate's changes below, or none */
  onChanges(run: Run | undefined): void
}

/** One candidate; its parts stand beside those of the others. */
export function CandidateColumn(props: CandidateProps) {
  const { comparison, candidate, number } = props
  const { data: run, error, refetch } = useRun(candidate.runId, undefined)
  const chosen = comparison.chosen === candidate.runId
  return (
    <li
      aria-label={`Candidate ${number}`}
      className={cn(
        "grid min-w-0 grid-cols-[minmax(0,1fr)] content-start rounded-3 border bg-bg lg:row-span-6 lg:grid-rows-subgrid",
        chosen ? "border-accent" : "border-line",
      )}
    >
      {run ? (
        <Parts {...props} run={run} />
      ) : error ? (
        <ErrorPanel title="It could not be loaded" error={error} onRetry={() => refetch()} />
      ) : (
        <div className="grid gap-3 p-4">
          <Skeleton className="w-2/5" />
          <Skeleton className="w-3/5" />
        </div>
      )}
    </li>
  )
}

function Parts({
  run,
  comparison,
  number,
  changesShown,
  onChanges,
}: CandidateProps & { run: Run }) {
  const over = run.provedAt !== null || !isActive(run.state)
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-3">
        <h2 className="text-14 font-semibold">Candidate {number}</h2>
        <State look={runLook(run)} className="text-12" />
        <span className="ml-auto">
          <ModelLabel model={run.model} />
        </span>
      </div>
      <Facts run={run} />
      <Wishes run={run} />
      <Part name="Screenshots">
        {over ? <Looks run={run} /> : <Later>Once it is proved</Later>}
      </Part>
      <Changes {...{ run, changesShown, onChanges }} base={comparison.base} />
      <CandidateActions {...{ comparison, run, number }} />
    </>
  )
}

function Part({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section aria-label={name} className="min-w-0 border-b border-line px-4 py-2.5">
      <h3 className="mb-1 text-12 text-fg-3">{name}</h3>
      {children}
    </section>
  )
}

const Later = ({ children }: { children: ReactNode }) => (
  <p className="text-13 text-fg-3">{children}</p>
)

function Facts({ run }: { run: Run }) {
  const { simulated } = run.model
  const tests = Math.max(...run.tasks.map(({ testsPassed }) => testsPassed ?? -1))
  const tokens = simulated ? 0 : run.inputTokens + run.outputTokens
  const facts = [
    ["Tests", tests < 0 ? "–" : `${tests} passed`],
    ["Work", duration(run.workedMs)],
    ["Cost", costWords(run.cost, simulated) ?? "–"],
    ["Tokens", tokens === 0 ? "–" : tokens.toLocaleString("en")],
  ]
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-2 border-b border-line px-4 py-2.5 text-13">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt className="text-12 text-fg-3">{name}</dt>
          <dd className="tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Wishes({ run }: { run: Run }) {
  const built = run.clauses.filter(({ state }) => state === "built").length
  const name = run.provedAt ? `Wishes: ${built} of ${run.clauses.length} built` : "Wishes"
  return (
    <Part name={name}>
      {run.failure ? (
        <Note tone={run.state === "cancelled" ? "idle" : "bad"} className="mb-2">
          {run.failure}
        </Note>
      ) : null}
      {run.clauses.length === 0 && !run.failure ? <Later>Not planned yet</Later> : null}
      <ul className="grid gap-1.5 text-13">
        {run.clauses.map(({ words, state, why }, at) => (
          <li key={at} className="[overflow-wrap:anywhere]">
            <State look={clauseLooks[state]} className="mr-2 text-12" />“{words}”
            {why && state === "not_built" ? <span className="text-fg-3"> {why}</span> : null}
          </li>
        ))}
      </ul>
    </Part>
  )
}

function Looks({ run }: { run: Run }) {
  const steps = useSteps(run.id)
  const look = newestLook(steps.data ?? [])
  if (!steps.data) return <Skeleton className="w-2/5" />
  if (!look) return <Later>Nobody looked at a page.</Later>
  const why = whyNotSeen(look)
  return why ? <Later>{why}</Later> : <Pictures pictures={picturesOf(look)} />
}

type ChangesProps = Pick<CandidateProps, "changesShown" | "onChanges"> & {
  run: Run
  base: Comparison["base"]
}

function Changes({ run, base, changesShown, onChanges }: ChangesProps) {
  const { data } = useChanges(run, base)
  const sum = (key: "added" | "removed") => data?.files.reduce((all, file) => all + file[key], 0)
  return (
    <Part name="Changes">
      {data ? (
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-13">
          {count(data.files.length, "file")}
          <LineCounts added={sum("added") ?? 0} removed={sum("removed") ?? 0} />
          <button
            type="button"
            aria-expanded={changesShown}
            onClick={() => onChanges(changesShown ? undefined : run)}
            className="text-12 text-accent-fg hover:underline hover:underline-offset-3"
          >
            {changesShown ? "Hide changes" : "Show changes"}
          </button>
        </p>
      ) : (
        <Later>{run.commit === null ? "None yet" : "Once it is proved"}</Later>
      )}
    </Part>
  )
}
