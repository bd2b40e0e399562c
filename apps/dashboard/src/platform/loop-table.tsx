"use client"
import type { LoopStatus } from "@vibecaas/contract/kinds/platform"
import type { ReactNode } from "react"
import { cn } from "../ui/cn.ts"
import { count, duration } from "../ui/format.ts"
import { RelativeTime } from "../ui/relative-time.tsx"
import { State } from "../ui/state.tsx"
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../ui/table.tsx"
import { useNow } from "../ui/use-now.ts"
import { capitalized } from "../ui/words.ts"
import { loopLook } from "./loop-words.ts"

interface LoopTableProps {
  loops: readonly LoopStatus[]
  /** asks for what a loop fails at */
  onFailing(loop: string): void
}

/** Each loop: how it is, what waits, and what it did. */
export function LoopTable({ loops, onFailing }: LoopTableProps) {
  const now = useNow(5000)
  return (
    <Table aria-label="Loops">
      <TableHead>
        <HeadCell>Loop</HeadCell>
        <HeadCell className="w-[17%]">State</HeadCell>
        <HeadCell className="w-[15%]">Waiting</HeadCell>
        <HeadCell className="w-[15%]">Turns</HeadCell>
        <HeadCell className="w-[12%]">Corrections</HeadCell>
        <HeadCell className="w-28 text-right">Last turn</HeadCell>
      </TableHead>
      <TableBody>
        {loops.map((loop) => (
          <LoopRow key={loop.name} loop={loop} now={now} onFailing={onFailing} />
        ))}
      </TableBody>
    </Table>
  )
}

interface LoopRowProps extends Omit<LoopTableProps, "loops"> {
  loop: LoopStatus
  now: number
}

function LoopRow({ loop, now, onFailing }: LoopRowProps) {
  const { name, description, running, concurrency, due, oldestDueAt, last } = loop
  const waits = oldestDueAt ? `oldest for ${duration(now - Date.parse(oldestDueAt))}` : null
  return (
    <Row>
      <Cell>
        <span className="block py-1.5 font-medium">
          {capitalized(name)}
          <span className="block text-12 font-normal text-fg-3">{description}</span>
        </span>
      </Cell>
      <Cell className="max-md:col-start-2 max-md:row-start-1 max-md:justify-self-end">
        <State look={loopLook(loop, now)} />
        <Below>
          {running.length} of {concurrency} at work
          {loop.failing > 0 ? (
            <button
              type="button"
              className="link ml-3"
              aria-label={`Show what fails of ${name}`}
              onClick={() => onFailing(name)}
            >
              {count(loop.failing, "fails", "fail")}
            </button>
          ) : null}
        </Below>
      </Cell>
      <Cell>
        <Amount of={due} noun="waiting" />
        <Below>{waits}</Below>
      </Cell>
      <Cell className="max-md:col-start-2 max-md:justify-self-end max-md:text-right">
        <Amount of={loop.turns} noun={loop.turns === 1 ? "turn" : "turns"} />
        <Below>{loop.failures > 0 ? `${loop.failures.toLocaleString("en")} failed` : null}</Below>
      </Cell>
      <Cell>
        <Amount
          of={loop.corrections}
          noun={loop.corrections === 1 ? "correction" : "corrections"}
        />
      </Cell>
      <Cell className="text-right text-fg-2 max-md:col-start-2 max-md:justify-self-end max-md:text-12">
        {last ? <RelativeTime at={last.endedAt} /> : "–"}
      </Cell>
    </Row>
  )
}

/** A number under its head; on a narrow screen, where there is no head, with its noun. */
function Amount({ of, noun }: { of: number; noun: string }) {
  return (
    <span className={cn("tabular-nums", of === 0 && "text-fg-3")}>
      {of.toLocaleString("en")} <span className="md:sr-only">{noun}</span>
    </span>
  )
}

function Below({ children }: { children: ReactNode }) {
  return <span className="block text-12 text-fg-3 empty:hidden">{children}</span>
}
