"use client"
import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query"
import type { ReactNode } from "react"
import { itemsIn } from "../api/kept.ts"
import { problemOf } from "../api/problem.ts"
import { Button } from "./button.tsx"
import { count } from "./format.ts"
import { Panel } from "./panel.tsx"
import { ReadBody } from "./read-body.tsx"

type List<Item> = UseInfiniteQueryResult<InfiniteData<{ items: Item[] }>>

interface ListPanelProps<Item> {
  /** what a screen reader calls it; or a title that everybody sees */
  label?: string
  title?: string
  list: List<Item>
  /** what one is called, e.g. "record" */
  noun: string
  /** said when nothing could be loaded, e.g. "The history could not be loaded" */
  failed: string
  /** the shape of the rows */
  skeleton: ReactNode
  empty: ReactNode
  /** beside the count, e.g. keys to press */
  hint?: ReactNode
  children(items: readonly Item[]): ReactNode
}

/** A list that is read page by page, in each of its four states. */
export function ListPanel<Item>(props: ListPanelProps<Item>) {
  const { label, title, list, noun, hint } = props
  const items = itemsIn(list.data)
  return (
    <Panel
      {...(label ? { label } : {})}
      title={title}
      footer={
        items.length > 0 ? (
          <div className="flex flex-wrap items-center justify-between gap-2">
            <span>
              {count(items.length, noun)}
              {list.hasNextPage ? " shown" : ""}
            </span>
            <LoadMore list={list} noun={noun} />
            {hint}
          </div>
        ) : null
      }
    >
      <Body {...props} items={items} />
    </Panel>
  )
}

function Body<Item>(props: ListPanelProps<Item> & { items: readonly Item[] }) {
  const { list, failed, skeleton, empty, items, children } = props
  return (
    <ReadBody of={list} {...{ failed, skeleton }}>
      {() => (items.length === 0 ? empty : children(items))}
    </ReadBody>
  )
}

/** Asks for the next page; why it did not come is said beside the button. */
export function LoadMore<Item>({ list, noun }: { list: List<Item>; noun: string }) {
  if (!list.hasNextPage) return null
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      {list.isFetchNextPageError ? (
        <span role="alert" className="text-bad-fg">
          {problemOf(list.error).detail}
        </span>
      ) : null}
      <Button
        size="sm"
        busy={list.isFetchingNextPage ? `Loading ${noun}s` : undefined}
        onClick={() => list.fetchNextPage()}
      >
        Load more
      </Button>
    </span>
  )
}
