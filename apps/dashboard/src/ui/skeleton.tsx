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
