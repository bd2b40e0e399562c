"use client"
import { useVirtualizer } from "@tanstack/react-virtual"
import { type ReactNode, useRef } from "react"
import { cn } from "./cn.ts"

interface VirtualListProps<Item> {
  /** names the list */
  label: string
  items: readonly Item[]
  /** height of a row, in `px`; all have the same */
  rowPx: number
  keyOf(item: Item, at: number): string
  /** how wide the widest row is, e.g. `120ch`; as wide as the list unless said */
  width?: string
  className?: string
  children(item: Item, at: number): ReactNode
}

/** rows drawn before and after those in sight */
const overscan = 20

/** A long list of which only what is in sight is drawn. It scrolls in itself. */
export function VirtualList<Item>(props: VirtualListProps<Item>) {
  const { label, items, rowPx, keyOf, width, className, children } = props
  const box = useRef<HTMLElement>(null)
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowPx,
    overscan,
  })
  return (
    <figure
      ref={box}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={label}
      className={cn("overflow-auto", className)}
    >
      <ol className="relative" style={{ height: rows.getTotalSize(), minWidth: width ?? "100%" }}>
        {rows.getVirtualItems().flatMap(({ index, start }) => {
          const item = items[index]
          if (item === undefined) return []
          return [
            <li
              key={keyOf(item, index)}
              aria-setsize={items.length}
              aria-posinset={index + 1}
              className="absolute inset-x-0 top-0"
              style={{ height: rowPx, transform: `translateY(${start}px)` }}
            >
              {children(item, index)}
            </li>,
          ]
        })}
      </ol>
    </figure>
  )
}
