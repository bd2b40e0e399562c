import { type KeyboardEvent, type ReactNode, useId, useRef } from "react"
import { classNames } from "./class-names.ts"

export interface Tab {
  id: string
  label: string
  count?: number
}

interface TabsProps {
  label: string
  tabs: readonly Tab[]
  chosen: string
  onChoose(id: string): void
  /** what the chosen tab shows */
  children: ReactNode
}

/** One tab is in the order of the Tab key; arrows, Home and End go to the others. */
export function Tabs({ label, tabs, chosen, onChoose, children }: TabsProps) {
  const base = useId()
  const list = useRef<HTMLDivElement>(null)
  const go = (event: KeyboardEvent) => {
    const at = tabs.findIndex(({ id }) => id === chosen)
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    const next = tabs.at(to % tabs.length)
    if (!next) return
    onChoose(next.id)
    list.current?.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus()
  }
  return (
    <>
      <div
        ref={list}
        role="tablist"
        aria-label={label}
        className="flex gap-1 border-b border-line"
        onKeyDown={go}
      >
        {tabs.map(({ id, label: name, count }) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`${base}-${id}`}
            data-tab={id}
            aria-selected={id === chosen}
            aria-controls={`${base}-panel`}
            tabIndex={id === chosen ? 0 : -1}
            onClick={() => onChoose(id)}
            className={classNames(
              "-mb-px flex min-h-11 cursor-pointer items-center gap-2 border-b-2 px-3 text-[15px] transition",
              id === chosen
                ? "border-accent-text font-semibold text-ink"
                : "border-transparent text-muted hover:text-ink",
            )}
          >
            {name}
            {count !== undefined && (
              <span className="rounded-full bg-sunk px-2 py-0.5 text-xs font-medium text-muted tabular-nums">
                {count}
              </span>
            )}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${base}-panel`} aria-labelledby={`${base}-${chosen}`}>
        {children}
      </div>
    </>
  )
}
