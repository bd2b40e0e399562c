import { cn } from "./cn.ts"

interface MeterProps {
  label: string
  used: number
  limit: number
  /** what it says, e.g. "2 of 10 used" */
  words: string
}

/** How much of a limit is used: warns from four fifths on. */
export function Meter({ label, used, limit, words }: MeterProps) {
  const share = limit > 0 ? Math.min(1, used / limit) : 1
  const tone = share >= 1 ? "bg-bad-dot" : share >= 0.8 ? "bg-warn-dot" : "bg-fg-2"
  return (
    // biome-ignore lint/a11y/useSemanticElements: browsers paint a meter their own way
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={limit}
      aria-valuenow={Math.min(used, limit)}
      aria-valuetext={words}
      className="h-1.5 overflow-hidden rounded-[3px] bg-active"
    >
      <div
        className={cn("h-full rounded-[3px]", tone)}
        style={{ width: `${Math.max(used > 0 ? 1 : 0, share * 100)}%` }}
      />
    </div>
  )
}
