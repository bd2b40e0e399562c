"use client"
import { Tabs as Radix } from "radix-ui"
import { type ReactNode, useEffect, useRef } from "react"

export interface Tab<Value extends string> {
  value: Value
  label: string
  content: ReactNode
}

interface TabsProps<Value extends string> {
  /** names the row of tabs */
  label: string
  tabs: readonly Tab<Value>[]
  value: NoInfer<Value>
  onChange(value: NoInfer<Value>): void
}

/** Parts of one thing, one at a time; pages have links that look the same. */
export function Tabs<Value extends string>({ label, tabs, value, onChange }: TabsProps<Value>) {
  const row = useRef<HTMLDivElement>(null)
  const chosen = tabs.findIndex((tab) => tab.value === value)
  // On a narrow screen not all of them fit.
  useEffect(() => bringIn(row.current, chosen), [chosen])
  return (
    // Its values are those of the tabs.
    <Radix.Root value={value} onValueChange={(now) => onChange(now as Value)}>
      <Radix.List
        ref={row}
        aria-label={label}
        className="no-bar flex gap-5 overflow-x-auto border-b border-line px-4"
      >
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.value}
            value={tab.value}
            className="-mb-px border-b-2 border-transparent pt-2 pb-2.5 text-13 whitespace-nowrap text-fg-2 outline-offset-[-2px] hover:text-fg data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-fg"
          >
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} value={tab.value} className="outline-offset-[-2px]">
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  )
}

/** Room that is left beside a tab that was cut off, in `px`. */
const beside = 16

/** Scrolls a row so that one of its parts is seen as a whole. */
function bringIn(row: HTMLElement | null, at: number): void {
  const part = row?.children[at]
  if (!row || !part) return
  const [seen, wanted] = [row.getBoundingClientRect(), part.getBoundingClientRect()]
  if (wanted.right > seen.right) row.scrollLeft += wanted.right - seen.right + beside
  if (wanted.left < seen.left) row.scrollLeft -= seen.left - wanted.left + beside
}
