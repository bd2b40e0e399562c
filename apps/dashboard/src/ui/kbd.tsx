import type { ReactNode } from "react"

/** A key to press. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-block min-w-[18px] rounded-1 border border-line-2 bg-bg px-1 text-center font-sans text-11 font-medium text-fg-3">
      {children}
    </kbd>
  )
}
