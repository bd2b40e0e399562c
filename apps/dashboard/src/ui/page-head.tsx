import type { ReactNode } from "react"

interface PageHeadProps {
  title: string
  children?: ReactNode
  actions?: ReactNode
}

/** The title of a page, a sentence about it, and what can be done. */
export function PageHead({ title, children, actions }: PageHeadProps) {
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
      <div className="min-w-0 flex-[1_1_240px]">
        <h1 className="text-20 font-semibold tracking-[-0.014em]">{title}</h1>
        {children ? <p className="mt-0.5 text-fg-2">{children}</p> : null}
      </div>
      {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
    </div>
  )
}

/** The area of an ordinary page. */
export function Page({ children }: { children: ReactNode }) {
  return (
    <div className="grid w-full max-w-[1344px] grid-cols-[minmax(0,1fr)] content-start gap-6 px-8 pt-6 pb-12 max-md:gap-5 max-md:px-4 max-md:pt-4 max-md:pb-10">
      {children}
    </div>
  )
}
