"use client"
import type { StarterSummary } from "@vibecaas/contract/kinds/starters"
import Link from "next/link"
import { useSession } from "../shell/session.tsx"
import { Skeleton } from "../ui/skeleton.tsx"
import { StarterPicture } from "./starter-picture.tsx"
import { categoryNames, stackNames } from "./starter-words.ts"

/** A starter among others; the whole card leads to it. */
export function StarterCard({ starter }: { starter: StarterSummary }) {
  const { paths } = useSession()
  const { id, own, name, summary, category, stack, needs } = starter
  return (
    <article className="relative flex h-full flex-col overflow-clip rounded-3 border border-line bg-bg transition-colors duration-(--m-1) focus-within:border-line-2 hover:border-line-2 hover:bg-hover">
      <div className="border-b border-line">
        <StarterPicture starter={starter} />
      </div>
      <div className="flex grow flex-col gap-1 px-3.5 pt-3 pb-3.5">
        <h3 className="text-14 font-semibold">
          <Link
            href={paths.starter(id)}
            className="rounded-3 after:absolute after:inset-0 after:rounded-3 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus"
          >
            {name.en}
          </Link>
        </h3>
        <p className="line-clamp-2 text-13 text-fg-2">{summary.en}</p>
        <p className="mt-auto pt-1.5 text-12 text-fg-3">
          {own ? "Yours · " : ""}
          {categoryNames[category]} · {stackNames[stack]}
          {needs === null ? "" : " · not on this host"}
        </p>
      </div>
    </article>
  )
}

/** A card that is on its way. */
export function StarterCardSkeleton() {
  return (
    <div className="overflow-clip rounded-3 border border-line">
      <div className="aspect-[8/5] border-b border-line bg-sunken" />
      <div className="grid gap-3 px-3.5 py-4">
        <Skeleton className="w-2/5" />
        <Skeleton className="w-4/5" />
      </div>
    </div>
  )
}
