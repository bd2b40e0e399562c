import type { LucideIcon } from "lucide-react"
import type { ReactNode } from "react"

interface EmptyStateProps {
  icon: LucideIcon
  title: string
  children?: ReactNode
  /** the one thing to do next */
  action?: ReactNode
}

/** What this is, and one action. */
export function EmptyState({ icon: Icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="grid justify-items-center gap-1 px-6 py-10 text-center">
      <Icon aria-hidden="true" className="mb-2 size-5 text-fg-3" strokeWidth={1.75} />
      <p className="font-semibold">{title}</p>
      {children ? <div className="max-w-[44ch] text-13 text-fg-2">{children}</div> : null}
      {action ? <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  )
}
