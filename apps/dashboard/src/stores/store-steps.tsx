"use client"
import type { StoreJournalStep, StoreWorkShown } from "@vibecaas/contract/store"
import { duration } from "../ui/format.ts"
import { State, type StateLook } from "../ui/state.tsx"
import { useNow } from "../ui/use-now.ts"
import { stepWords, workWords } from "./store-words.ts"

const looks: Record<StoreJournalStep["state"], StateLook> = {
  waiting: { glyph: "wait", word: "Waits" },
  running: { glyph: "busy", word: "Under way" },
  done: { glyph: "done", word: "Done" },
  failed: { glyph: "warn", word: "Tried" },
}

/** What is done to a store, step by step, as it goes. */
export function StoreSteps({
  work,
  position,
}: {
  work: StoreWorkShown
  position: number | undefined
}) {
  const now = useNow(1000)
  const begun = Date.parse(work.startedAt)
  const end = work.endedAt ? Date.parse(work.endedAt) : now
  return (
    <section aria-label={workWords[work.work]} className="rounded-3 border border-line">
      <div className="flex flex-wrap items-center justify-between gap-2 border-b border-line px-4 py-2 text-13">
        <b className="font-semibold">
          {workWords[work.work]}
          {work.toVersion ? ` to ${work.toVersion}` : ""}
        </b>
        <span aria-live="polite" className="text-fg-3 tabular-nums">
          {position === undefined
            ? duration(Math.max(0, end - begun))
            : `Position #${position} in the queue`}
        </span>
      </div>
      <ol className="text-13">
        {work.steps.map((step) => (
          <li
            key={step.name}
            aria-current={step.state === "running" ? "step" : undefined}
            className="grid grid-cols-[110px_minmax(0,1fr)_auto] items-baseline gap-3 px-4 py-1.5"
          >
            <State look={looks[step.state]} />
            <span className="min-w-0 [overflow-wrap:anywhere]">
              {stepWords[step.name]}
              {step.note ? <span className="text-fg-3">: {step.note}</span> : null}
            </span>
            <span className="text-12 text-fg-3 tabular-nums">{elapsed(step, now)}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}

function elapsed({ startedAt, endedAt }: StoreJournalStep, now: number): string {
  if (!startedAt) return ""
  return duration(Math.max(0, (endedAt ? Date.parse(endedAt) : now) - Date.parse(startedAt)))
}
