"use client"
import Link from "next/link"
import { itemsIn } from "../api/kept.ts"
import { useSession } from "../shell/session.tsx"
import { buttonLook } from "../ui/button-look.ts"
import { Loading } from "../ui/skeleton.tsx"
import { useStarters } from "./queries.ts"
import { StarterCard, StarterCardSkeleton } from "./starter-card.tsx"

const shown = 8
const places = ["one", "two", "three", "four"]

/** A row of starters below the prompt; it is no hindrance when they cannot be read. */
export function StartersStrip() {
  const { paths } = useSession()
  const starters = useStarters({ search: "", category: undefined, tag: undefined }, shown)
  const items = itemsIn(starters.data)
  if (starters.error || (starters.data && items.length === 0)) return null
  return (
    <section aria-labelledby="begin-with" className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <h2 id="begin-with" className="text-14 font-semibold">
          Or begin with a tested app
        </h2>
        <Link href={paths.starters()} className={buttonLook({ kind: "ghost", size: "sm" })}>
          All starters
        </Link>
      </div>
      {starters.data ? null : <Loading what="starters" />}
      <ul className="flex snap-x gap-3 overflow-x-auto pb-2">
        {starters.data
          ? items.map((starter) => (
              <li key={starter.id} className="w-60 flex-none snap-start">
                <StarterCard starter={starter} />
              </li>
            ))
          : places.map((place) => (
              <li key={place} className="w-60 flex-none">
                <StarterCardSkeleton />
              </li>
            ))}
      </ul>
    </section>
  )
}
