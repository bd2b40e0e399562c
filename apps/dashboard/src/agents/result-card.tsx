"use client"
import type { Run } from "@vibecaas/contract/kinds/agents"
import { ArrowRight } from "lucide-react"
import type { ReactNode } from "react"
import { Button } from "../ui/button.tsx"
import { cn } from "../ui/cn.ts"
import { count, duration } from "../ui/format.ts"
import { LineCounts } from "../ui/line-counts.tsx"
import { costWords, free } from "./cost-words.ts"
import { useSteps } from "./queries.ts"
import { RunAccount } from "./run-account.tsx"
import { RunLooks } from "./run-looks.tsx"
import { type RunResult, resultOf } from "./run-result.ts"
import { useShowPreview } from "./show-preview.ts"

interface ResultCardProps {
  run: Run
  newest: boolean
  /** why it did not succeed */
  failure: ReactNode
  /** what else can be done with it */
  actions: ReactNode
}

/** The answer of a run that has ended: what was built, what proves it, what was not, and where it is. */
export function ResultCard({ run, newest, failure, actions }: ResultCardProps) {
  const steps = useSteps(run.id).data ?? []
  const result = resultOf(run, steps)
  const good = run.state === "succeeded" || run.state === "partly"
  return (
    <section
      aria-label="Result"
      className={cn(
        "grid grid-cols-[minmax(0,1fr)] gap-3 rounded-3 border bg-bg p-4 shadow-1",
        good ? "border-ok-line" : "border-line-2",
      )}
    >
      {run.summary && run.summary !== run.failure ? (
        <p className="text-14 [overflow-wrap:anywhere]">{run.summary}</p>
      ) : null}
      {failure}
      {run.declined ? null : <Facts run={run} result={result} />}
      {good && newest ? <TryIt wishes={result.toTry} /> : null}
      <RunAccount run={run} />
      <RunLooks run={run} />
      {actions}
    </section>
  )
}

function Facts({ run, result }: { run: Run; result: RunResult }) {
  const { testsPassed, files, linesAdded, linesRemoved } = result
  const took =
    run.startedAt && run.finishedAt
      ? duration(Date.parse(run.finishedAt) - Date.parse(run.startedAt))
      : null
  const tokens = run.model.simulated ? 0 : run.inputTokens + run.outputTokens
  const cost = costWords(run.cost, run.model.simulated)
  return (
    <dl className="flex flex-wrap gap-x-6 gap-y-2 text-13">
      {testsPassed === null ? null : <Fact name="Tests">{testsPassed} passed</Fact>}
      {files === 0 ? null : (
        <Fact name="Changed">
          {count(files, "file")} <LineCounts added={linesAdded} removed={linesRemoved} />
        </Fact>
      )}
      {took ? <Fact name="Took">{took}</Fact> : null}
      {tokens === 0 ? null : (
        <Fact name="Tokens">
          <span title={cachedWords(run)}>{tokens.toLocaleString("en")}</span>
        </Fact>
      )}
      {cost ? <Fact name="Cost">{cost === free ? "Nothing" : cost}</Fact> : null}
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-12 text-fg-2">{name}</dt>
      <dd className="font-medium tabular-nums">{children}</dd>
    </div>
  )
}

function cachedWords({ cachedInputTokens: cached }: Run): string | undefined {
  if (cached === 0) return undefined
  return `${cached.toLocaleString("en")} of them the provider still had from before; those cost less`
}

/** What in the app was asked for; the app is beside it, or a press away on a phone. */
function TryIt({ wishes }: { wishes: RunResult["toTry"] }) {
  const show = useShowPreview()
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 text-13 text-fg-2">
      <Button kind="main" onClick={show} className="md:hidden">
        <ArrowRight aria-hidden="true" />
        Show the app
      </Button>
      {wishes.length > 0 ? (
        <span className="min-w-0 flex-1 basis-48 [overflow-wrap:anywhere]">
          <span className="text-fg-3">To try: </span>
          {wishes.map((words) => `“${words}”`).join(", ")}
        </span>
      ) : null}
    </div>
  )
}
