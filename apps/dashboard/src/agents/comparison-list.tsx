import type { Comparison } from "@vibecaas/contract/comparison"
import Link from "next/link"
import { useSession } from "../shell/session.tsx"
import { cn } from "../ui/cn.ts"
import { LoadMore } from "../ui/list-panel.tsx"
import { Panel } from "../ui/panel.tsx"
import { RelativeTime } from "../ui/relative-time.tsx"
import { State } from "../ui/state.tsx"
import { comparisonLooks } from "./comparison-looks.ts"
import type { useComparisons } from "./queries.ts"

interface ComparisonListProps {
  list: ReturnType<typeof useComparisons>
  items: readonly Comparison[]
  shownId: string | undefined
}

/** All comparisons of the project, to look at one again. */
export function ComparisonList({ list, items, shownId }: ComparisonListProps) {
  const { paths } = useSession()
  return (
    <Panel title="All comparisons">
      <ol>
        {items.map(({ id, projectId, goal, state, createdAt }) => (
          <li key={id} className="border-b border-line last:border-b-0">
            <Link
              href={paths.comparison(projectId, id)}
              aria-current={id === shownId ? "true" : undefined}
              className={cn(
                "flex min-h-9 items-center gap-3 px-4 py-1.5 text-13 outline-offset-[-2px] hover:bg-hover",
                id === shownId && "bg-accent-soft hover:bg-accent-soft",
              )}
            >
              <span className="min-w-0 flex-1 truncate">{goal}</span>
              <State look={comparisonLooks[state]} className="flex-none" />
              <span className="w-20 flex-none text-right text-12 text-fg-3 max-md:hidden">
                <RelativeTime at={createdAt} />
              </span>
            </Link>
          </li>
        ))}
        {list.hasNextPage ? (
          <li className="px-4 py-2">
            <LoadMore list={list} noun="comparison" />
          </li>
        ) : null}
      </ol>
    </Panel>
  )
}
