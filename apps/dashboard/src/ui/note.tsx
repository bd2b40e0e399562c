import { CircleAlert, Info, type LucideIcon, TriangleAlert } from "lucide-react"
import type { ReactNode } from "react"
import { cn } from "./cn.ts"

type Tone = "idle" | "warn" | "bad"

const looks: Record<Tone, { icon: LucideIcon; ground: string; ink: string }> = {
  idle: { icon: Info, ground: "border-idle-line bg-idle-soft", ink: "text-fg-2" },
  warn: { icon: TriangleAlert, ground: "border-warn-line bg-warn-soft", ink: "text-warn-fg" },
  bad: { icon: CircleAlert, ground: "border-bad-line bg-bad-soft", ink: "text-bad-fg" },
}

interface NoteProps {
  tone?: Tone
  /** the fact, before the sentence */
  title?: string
  children?: ReactNode
  className?: string
}

/** A notice in the flow, next to what it is about. */
export function Note({ tone = "idle", title, children, className }: NoteProps) {
  const { icon: Icon, ground, ink } = looks[tone]
  return (
    <div
      className={cn(
        "flex items-start gap-2.5 rounded-3 border px-3 py-2.5 text-13",
        ground,
        className,
      )}
    >
      <Icon aria-hidden="true" className={cn("mt-0.5 size-4 flex-none", ink)} strokeWidth={1.75} />
      <div className="min-w-0 text-fg-2 [overflow-wrap:anywhere]">
        {title ? <b className="font-semibold text-fg">{title} </b> : null}
        {children}
      </div>
    </div>
  )
}
