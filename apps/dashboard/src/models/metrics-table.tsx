"use client"
import type { ModelMetrics } from "@vibecaas/contract/model-metrics"
import type { ReactNode } from "react"
import { roleLooks } from "../agents/roles.ts"
import { count, duration } from "../ui/format.ts"
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../ui/table.tsx"
import { costOf, number, successWords } from "./measures.ts"

/** What each agent and model did, all days together. */
export function MetricsTable({ models }: { models: readonly ModelMetrics[] }) {
  return (
    <Table aria-label="By agent and model">
      <TableHead>
        <HeadCell className="w-[22%]">Agent and model</HeadCell>
        <HeadCell>Succeeded</HeadCell>
        <HeadCell>First piece</HeadCell>
        <HeadCell>Speed</HeadCell>
        <HeadCell>Answers</HeadCell>
        <HeadCell>In tools</HeadCell>
        <HeadCell className="w-[11%] text-right">Cost</HeadCell>
      </TableHead>
      <TableBody>
        {models.map((did) => (
          <MetricsRow key={`${did.role} ${did.provider} ${did.model}`} did={did} />
        ))}
      </TableBody>
    </Table>
  )
}

function MetricsRow({ did }: { did: ModelMetrics }) {
  const { runs, answers, retries, unanswered, firstMsMedian, firstMsSlow, tokensPerSecond } = did
  const again = [
    retries > 0 ? `${count(retries, "request")} again` : "",
    unanswered > 0 ? `${unanswered} unanswered` : "",
  ].filter(Boolean)
  return (
    <Row>
      <Cell className="py-2">
        <span className="block font-medium">{roleName(did.role)}</span>
        <span className="mono block text-12 text-fg-3 [overflow-wrap:anywhere]">{did.model}</span>
      </Cell>
      <Cell className="max-md:col-span-2">
        <Figure label="Succeeded" below={count(runs, "run")}>
          {successWords(did)}
        </Figure>
      </Cell>
      <Cell className="max-md:col-span-2">
        <Figure
          label="First piece"
          below={firstMsSlow === null ? null : `1 of 20 after ${duration(firstMsSlow)}`}
        >
          {firstMsMedian === null ? "–" : duration(firstMsMedian)}
        </Figure>
      </Cell>
      <Cell className="max-md:col-span-2">
        <Figure label="Speed">
          {tokensPerSecond === null ? "–" : `${number(tokensPerSecond)} tokens/s`}
        </Figure>
      </Cell>
      <Cell className="max-md:col-span-2">
        <Figure label="Answers" below={again.join(", ") || null}>
          {answers.toLocaleString("en")}
        </Figure>
      </Cell>
      <Cell className="max-md:col-span-2">
        <Figure label="In tools">{duration(did.toolMs)}</Figure>
      </Cell>
      <Cell className="text-right max-md:col-start-2 max-md:row-start-1">
        <Figure>{costOf(did)}</Figure>
      </Cell>
    </Row>
  )
}

/** A role that is no more keeps the name that its tasks have. */
const roleName = (role: string) =>
  (roleLooks as Record<string, { name: string } | undefined>)[role]?.name ?? role

interface FigureProps {
  /** what it is, on a narrow screen, where there is no head */
  label?: string
  below?: string | null
  children: ReactNode
}

function Figure({ label, below, children }: FigureProps) {
  return (
    <span className="block tabular-nums">
      {label ? <span className="text-fg-3 md:hidden">{label}: </span> : null}
      {children}
      {below ? <span className="block text-12 text-fg-3 max-md:inline"> {below}</span> : null}
    </span>
  )
}
