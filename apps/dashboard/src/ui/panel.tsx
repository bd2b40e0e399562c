import type { ReactNode } from "react"
import { cn } from "./cn.ts"

interface PanelProps {
  /** what a screen reader calls it when there is no visible title */
  label?: string
  title?: ReactNode
  /** at the end of the title's line */
  end?: ReactNode
  footer?: ReactNode
  className?: string
  children: ReactNode
}

/** A frame around things that belong together; never around one thing. */
export function Panel({ label, title, end, footer, className, children }: PanelProps) {
  return (
    <section
      aria-label={label ?? (typeof title === "string" ? title : undefined)}
      className={cn("min-w-0 overflow-clip rounded-3 border border-line bg-bg", className)}
    >
      {title ? (
        <header className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-2">
          <h2 className="text-14 font-semibold">{title}</h2>
          {end ? <div className="ml-auto flex flex-wrap items-center gap-2">{end}</div> : null}
        </header>
      ) : null}
      {children}
      {footer ? (
        <footer className="border-t border-line bg-sunken px-4 py-2.5 text-12 text-fg-3">
          {footer}
        </footer>
      ) : null}
    </section>
  )
}

/** Names and values; the names in a column of their own. */
export function Properties({ children }: { children: ReactNode }) {
  return <dl className="text-13">{children}</dl>
}

export function Property({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[92px_minmax(0,1fr)] items-baseline gap-4 border-b border-line px-4 py-[7px] last:border-b-0">
      <dt className="text-fg-3">{name}</dt>
      <dd className="flex min-w-0 flex-wrap items-center gap-1.5 [overflow-wrap:anywhere]">
        {children}
      </dd>
    </div>
  )
}
