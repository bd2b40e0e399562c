import { cn } from "./cn.ts"

/** The nine glyphs of a state; each kind maps its words to them in one table. */
export type Glyph = "alive" | "done" | "busy" | "wait" | "paused" | "off" | "gone" | "warn" | "bad"

/** How one state is shown. */
export interface StateLook {
  glyph: Glyph
  word: string
}

interface StateProps {
  look: StateLook
  /** the evidence beside the word, e.g. "3 of 6 tasks" */
  detail?: string | null
  className?: string
}

/** Glyph and word, for tables and lines. */
export function State({ look, detail, className }: StateProps) {
  return (
    <span className={cn("st", `st-${look.glyph}`, className)}>
      {look.word}
      {detail ? (
        <small className="truncate" title={detail}>
          {detail}
        </small>
      ) : null}
    </span>
  )
}

/** The same on a ground, for titles. */
export function StateBadge({ look, className }: StateProps) {
  return <span className={cn("st badge", `st-${look.glyph}`, className)}>{look.word}</span>
}
