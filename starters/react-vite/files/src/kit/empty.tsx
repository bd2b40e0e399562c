import type { ReactNode } from "react"

/** What stands where there is nothing yet: what it is for, and how to begin. */
export function Empty({
  title,
  says,
  children,
}: {
  title: string
  says: string
  children?: ReactNode
}) {
  return (
    <div className="px-6 py-12 text-center">
      <svg aria-hidden="true" viewBox="0 0 120 84" className="mx-auto mb-5 w-32 fill-none">
        <rect x="14" y="20" width="92" height="58" rx="10" className="fill-sunk" />
        <rect
          x="22"
          y="6"
          width="76"
          height="60"
          rx="10"
          className="fill-surface stroke-line"
          strokeWidth="1.5"
        />
        <circle cx="38" cy="24" r="6" className="fill-accent" />
        <path d="m35.4 24.2 1.9 1.9 3.6-4" className="stroke-on-accent" strokeWidth="1.6" />
        <path d="M50 24h34" className="stroke-edge" strokeWidth="4" strokeLinecap="round" />
        <circle cx="38" cy="46" r="5.25" className="stroke-edge" strokeWidth="1.5" />
        <path d="M50 46h22" className="stroke-line" strokeWidth="4" strokeLinecap="round" />
      </svg>
      <h2 className="text-lg font-semibold">{title}</h2>
      <p className="mx-auto mt-1 max-w-md text-muted">{says}</p>
      {children && <div className="mt-5 flex flex-wrap justify-center gap-2">{children}</div>}
    </div>
  )
}
