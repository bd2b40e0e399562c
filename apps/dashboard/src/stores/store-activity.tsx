"use client"
import type { Store } from "@vibecaas/contract/store"
import { itemsIn } from "../api/kept.ts"
import { LoadMore } from "../ui/list-panel.tsx"
import { ReadBody } from "../ui/read-body.tsx"
import { RelativeTime } from "../ui/relative-time.tsx"
import { SkeletonRows } from "../ui/skeleton.tsx"
import { State } from "../ui/state.tsx"
import { useEvents } from "./queries.ts"
import { storeLooks } from "./store-words.ts"

/** Everything that happened to a store, newest first, with when and by whom. */
export function StoreActivity({ store }: { store: Store }) {
  const events = useEvents(store)
  return (
    <ReadBody
      of={events}
      failed="The activity could not be loaded"
      skeleton={<SkeletonRows what="activity" widths={["w-40"]} className="h-[45px]" />}
    >
      {(pages) => (
        <>
          <ol aria-label="Activity" className="text-13">
            {itemsIn(pages).map(({ id, at, state, say, by }) => (
              <li
                key={id}
                className="grid grid-cols-[130px_minmax(0,1fr)_auto] items-baseline gap-3 border-b border-line px-4 py-2 last:border-b-0 max-md:grid-cols-[minmax(0,1fr)_auto]"
              >
                <State look={storeLooks[state]} className="max-md:hidden" />
                <span className="min-w-0 [overflow-wrap:anywhere]">
                  {say} <span className="text-fg-3">by {by}</span>
                </span>
                <RelativeTime at={at} className="text-12 text-fg-3" />
              </li>
            ))}
          </ol>
          <div className="px-4 py-2 empty:hidden">
            <LoadMore list={events} noun="event" />
          </div>
        </>
      )}
    </ReadBody>
  )
}
