import { cn } from "./cn.ts"

/** One line of something that is on its way; as wide as what will stand there. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={cn("skeleton", className)} />
}

/** Says that something loads, for those who do not see the skeleton. */
export function Loading({ what }: { what: string }) {
  return (
    <span role="status" className="sr-only">
      Loading {what}
    </span>
  )
}

/** The body of a panel that is on its way: two lines. */
export function SkeletonLines({ what }: { what: string }) {
  return (
    <div className="grid gap-4 p-4">
      <Loading what={what} />
      <Skeleton className="w-2/5" />
      <Skeleton className="w-3/5" />
    </div>
  )
}

interface SkeletonRowsProps {
  what: string
  /** one row each: how wide its first words are, e.g. "w-24" */
  widths: readonly string[]
  /** height of a row */
  className: string
}

/** Rows of a list that is on its way: a name at the start and a value at the end of each. */
export function SkeletonRows({ what, widths, className }: SkeletonRowsProps) {
  return (
    <div>
      <Loading what={what} />
      {widths.map((width) => (
        <div
          key={width}
          className={cn(
            "flex items-center justify-between border-b border-line px-4 last:border-b-0",
            className,
          )}
        >
          <Skeleton className={width} />
          <Skeleton className="w-20" />
        </div>
      ))}
    </div>
  )
}
