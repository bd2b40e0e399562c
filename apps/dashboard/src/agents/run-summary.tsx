"use client"
import type { Run } from "@vibecaas/contract/kinds/agents"
import { money } from "@vibecaas/contract/money"
import { Columns2, Download, RotateCw } from "lucide-react"
import Link from "next/link"
import type { ReactNode } from "react"
import { problemOf } from "../api/problem.ts"
import { useOpenProject } from "../projects/project-frame.tsx"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { buttonLook } from "../ui/button-look.ts"
import { Clamped } from "../ui/clamped.tsx"
import { clockTime, exactTime, stopwatch } from "../ui/format.ts"
import { Note } from "../ui/note.tsx"
import { State } from "../ui/state.tsx"
import { useToast } from "../ui/toast.tsx"
import { useNow } from "../ui/use-now.ts"
import { costWords } from "./cost-words.ts"
import { GivenFiles } from "./given-files.tsx"
import { LazyInquiries } from "./lazy-inquiries.ts"
import { ModelLabel } from "./model-chip.tsx"
import { ProviderWaits } from "./provider-waits.tsx"
import { useRunAction } from "./queries.ts"
import { ResultCard } from "./result-card.tsx"
import { isActive, mayRetry, runLook, runLooks } from "./roles.ts"
import { RunAccount } from "./run-account.tsx"

interface RunSummaryProps {
  run: Run
  newest: boolean
  /** at the end of the first line */
  end: ReactNode
}

/** What was asked, by whom, how far it is and what came of it. */
export function RunSummary({ run, newest, end }: RunSummaryProps) {
  const at = Date.parse(run.startedAt ?? run.createdAt)
  const cost = costWords(run.cost, run.model.simulated)
  const of = run.cost.cents > 0 && run.centsMax !== null ? ` of ${money(run.centsMax)}` : ""
  const tokens = run.model.simulated ? 0 : run.inputTokens + run.outputTokens
  const active = isActive(run.state)
  // The project's head says that agents work; their tasks say at what.
  const saidAbove =
    useOpenProject().state === "working" && newest && runLook(run) === runLooks[run.state] && active
  return (
    <section aria-label={`Run ${run.number}`} className="grid gap-3">
      <div className="border-l-2 border-accent py-0.5 pl-3">
        {end ? <div className="float-right -mt-0.5 ml-3">{end}</div> : null}
        <Clamped
          noun="request"
          className="text-16 tracking-[-0.006em] [overflow-wrap:anywhere] whitespace-pre-line"
        >
          {run.goal}
        </Clamped>
        <GivenFiles run={run} message={null} />
        <div className="facts mt-1 text-12">
          {saidAbove ? null : <State look={runLook(run)} className="text-12" />}
          <span title={exactTime(at)}>
            Run {run.number} by {run.startedBy}, {clockTime(at)}
          </span>
          <Elapsed run={run} />
          <span>
            <ModelLabel model={run.model} />
          </span>
          {active && cost ? <span>{cost + of}</span> : null}
          {active && tokens > 0 ? (
            <span>
              {tokens.toLocaleString("en")} of {run.tokensMax.toLocaleString("en")} tokens
            </span>
          ) : null}
        </div>
      </div>
      {run.inquiries.some(({ state }) => state === "open") ? <LazyInquiries run={run} /> : null}
      {active ? (
        <>
          {run.summary ? <p className="text-13 text-fg-2">{run.summary}</p> : null}
          <RunAccount run={run} />
          <Failure run={run} />
        </>
      ) : (
        <ResultCard
          run={run}
          newest={newest}
          failure={<Failure run={run} />}
          actions={
            <div className="flex flex-wrap items-center gap-2">
              {newest && mayRetry(run) ? <Retry run={run} /> : null}
              <Recording run={run} />
            </div>
          }
        />
      )}
      <CandidateOf run={run} />
      <Redirection run={run} />
      <ProviderWaits run={run} />
    </section>
  )
}

/** The way to those it is compared with. */
function CandidateOf({ run: { projectId, comparisonId } }: { run: Run }) {
  const { paths } = useSession()
  if (comparisonId === null) return null
  return (
    <p className="text-13">
      <Link
        href={paths.comparison(projectId, comparisonId)}
        className="inline-flex items-center gap-1.5 text-accent-fg hover:underline"
      >
        <Columns2 aria-hidden="true" className="size-4" strokeWidth={1.75} />
        Compare it with the other candidates
      </Link>
    </p>
  )
}

/** Where it comes from and what it made way for, when somebody redirected the agents. */
function Redirection({ run: { continues, redirectedTo, followedBy, state } }: { run: Run }) {
  if (followedBy !== null && isActive(state)) return <Note title="Next:">{followedBy}</Note>
  if (redirectedTo !== null) {
    const title = isActive(state) ? "Stopping, to do this instead:" : "Stopped, to do this instead:"
    return <Note title={title}>{redirectedTo}</Note>
  }
  if (continues === null) return null
  return (
    <p className="text-13 text-fg-2">Goes on from the files of the run that was stopped for it.</p>
  )
}

/** Why it did not succeed: a no is no breakdown. */
function Failure({ run }: { run: Run }) {
  const { state } = useOpenProject()
  if (!run.failure) return null
  if (!run.declined) return <Note tone="bad">{run.failure}</Note>
  return (
    <Note tone="warn" title={state === "empty" ? "Nothing was built." : "Nothing was changed."}>
      {run.failure}
    </Note>
  )
}

function Elapsed({ run }: { run: Run }) {
  const active = isActive(run.state)
  const now = useNow(active && run.startedAt ? 200 : null)
  if (!run.startedAt) return active ? <span>Waiting for its turn</span> : null
  const started = Date.parse(run.startedAt)
  if (active) return <span className="tabular-nums">Elapsed {stopwatch(now - started)}</span>
  return null
}

function Retry({ run }: { run: Run }) {
  const { offUnless } = useSession()
  const say = useToast()
  const retry = useRunAction("retry")
  return (
    <Button
      off={offUnless("run:start", "retry runs")}
      busy={retry.isPending ? "Retrying run" : undefined}
      onClick={() =>
        retry.mutate(
          { params: { runId: run.id } },
          {
            onError: (error) =>
              say({
                glyph: "bad",
                title: "The run was not retried",
                detail: problemOf(error).detail,
              }),
          },
        )
      }
    >
      <RotateCw aria-hidden="true" />
      Retry run
    </Button>
  )
}

/** The run as a file that lets it happen again, for whoever is to find out why it went as it did. */
function Recording({ run }: { run: Run }) {
  const about = "Files, models’ answers and what tools showed; records they read are among them"
  return (
    <a
      href={`/api/v1/agents/runs/${run.id}/recording`}
      download
      title={about}
      className={buttonLook({ kind: "ghost" })}
    >
      <Download aria-hidden="true" />
      Download recording
    </a>
  )
}
