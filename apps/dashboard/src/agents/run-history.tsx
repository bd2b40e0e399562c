"use client"
import type { Run } from "@vibecaas/contract/kinds/agents"
import { ChevronDown } from "lucide-react"
import Link from "next/link"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { cn } from "../ui/cn.ts"
import { LoadMore } from "../ui/list-panel.tsx"
import { Panel } from "../ui/panel.tsx"
import { RelativeTime } from "../ui/relative-time.tsx"
import { State } from "../ui/state.tsx"
import type { useRuns } from "./queries.ts"
import { runLook } from "./roles.ts"

interface RunHistoryProps {
  runs: ReturnType<typeof useRuns>
  items: readonly Run[]
  shown: string
}

/** All runs of the project, to look at one again. */
export function RunHistory({ runs, items, shown }: RunHistoryProps) {
  const { paths } = useSession()
  return (
    <Panel label="Runs">
      <ol className="max-h-66 overflow-y-auto">
        {items.map((run) => (
          <li key={run.id} className="border-b border-line last:border-b-0">
            <Link
              href={paths.run(run.projectId, run.id)}
              scroll={false}
              aria-current={run.id === shown ? "true" : undefined}
              className={cn(
                "flex min-h-9 items-center gap-3 px-4 py-1.5 text-13 outline-offset-[-2px] hover:bg-hover",
                run.id === shown && "bg-accent-soft hover:bg-accent-soft",
              )}
            >
              <span className="min-w-10 flex-none whitespace-nowrap text-fg-3 tabular-nums">
                Run {run.number}
              </span>
              <span className="min-w-0 flex-1 truncate">{run.goal}</span>
              <State look={runLook(run)} className="flex-none" />
              <span className="w-20 flex-none text-right text-12 text-fg-3 max-md:hidden">
                <RelativeTime at={run.createdAt} />
              </span>
            </Link>
          </li>
        ))}
        {runs.hasNextPage ? (
          <li className="px-4 py-2">
            <LoadMore list={runs} noun="run" />
          </li>
        ) : null}
      </ol>
    </Panel>
  )
}

interface RunsButtonProps {
  items: readonly Run[]
  open: boolean
  onOpen(open: boolean): void
}

/** Earlier runs are one press away, however long the shown one is. */
export function RunsButton({ items, open, onOpen }: RunsButtonProps) {
  return (
    <Button size="sm" kind="ghost" aria-expanded={open} onClick={() => onOpen(!open)}>
      All {items[0]?.number} runs
      <ChevronDown aria-hidden="true" className={cn(open && "rotate-180")} />
    </Button>
  )
}
