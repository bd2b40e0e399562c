"use client"
import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { money } from "@vibecaas/contract/money"
import { type ProjectUse, projectsUsedMax } from "@vibecaas/contract/project-use"
import { Download, ReceiptText } from "lucide-react"
import Link from "next/link"
import { useState } from "react"
import { read } from "../api/read.ts"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { csvOf, saveFile } from "../ui/csv.ts"
import { EmptyState } from "../ui/empty-state.tsx"
import { duration } from "../ui/format.ts"
import { Panel } from "../ui/panel.tsx"
import { ReadBody } from "../ui/read-body.tsx"
import { Select } from "../ui/select.tsx"
import { SkeletonRows } from "../ui/skeleton.tsx"
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../ui/table.tsx"
import { useNow } from "../ui/use-now.ts"
import { monthsUntil } from "./month.ts"

const monthsToChoose = 6

/** What each project used in a month, and what that costs. */
export function ByProject() {
  const { organization } = useSession()
  const months = monthsUntil(useNow(null), monthsToChoose)
    .map(({ from, name }) => ({ value: from.slice(0, 7), label: `${name} ${from.slice(0, 4)}` }))
    .toReversed()
  const [chosen, choose] = useState<string>()
  const month = chosen ?? months[0]?.value ?? ""
  const params = { organizationId: organization.id }
  const use = useQuery({
    ...read("GET /organizations/{organizationId}/usage/projects", { params, query: { month } }),
    placeholderData: keepPreviousData,
  })
  return (
    <Panel
      title="By project"
      end={
        <>
          <Select label="Month" className="w-36" value={month} options={months} onChange={choose} />
          <SaveUse month={month} items={use.data?.items} />
        </>
      }
      footer="Prices are list prices of the models’ makers; tokens of simulated models are counted here too, and cost nothing. Time of machines that are gone is in the totals above alone."
    >
      <ReadBody
        of={use}
        failed="What projects used could not be loaded"
        skeleton={<SkeletonRows what="projects" widths={["w-32", "w-24"]} className="h-11" />}
      >
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon={ReceiptText} title="No project used anything in this month">
              Machines that run and agents that work are counted here.
            </EmptyState>
          ) : (
            <UseTable items={items} />
          )
        }
      </ReadBody>
    </Panel>
  )
}

function UseTable({ items }: { items: readonly ProjectUse[] }) {
  const { paths } = useSession()
  return (
    <>
      <Table aria-label="Use by project">
        <TableHead>
          <HeadCell>Project</HeadCell>
          <HeadCell className="w-32 text-right">Machines</HeadCell>
          <HeadCell className="w-32 text-right">Agents</HeadCell>
          <HeadCell className="w-36 text-right">Tokens</HeadCell>
          <HeadCell className="w-28 text-right">Price</HeadCell>
        </TableHead>
        <TableBody>
          {items.map(({ projectId, name, machineSeconds, agentSeconds, tokens, cents }) => (
            <Row key={projectId}>
              <Cell>
                <Link href={paths.project(projectId)} className="link block truncate">
                  {name}
                </Link>
              </Cell>
              <Cell className="text-right tabular-nums max-md:row-start-2 max-md:text-left">
                <span className="text-fg-3 md:hidden">Machines </span>
                {duration(machineSeconds * 1000)}
              </Cell>
              <Cell className="text-right tabular-nums max-md:row-start-2">
                <span className="text-fg-3 md:hidden">Agents </span>
                {duration(agentSeconds * 1000)}
              </Cell>
              <Cell className="text-right tabular-nums max-md:row-start-3 max-md:text-left">
                <span className="text-fg-3 md:hidden">Tokens </span>
                {tokens.toLocaleString("en")}
              </Cell>
              <Cell className="text-right tabular-nums max-md:col-start-2 max-md:row-start-1">
                {money(cents)}
              </Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
      {items.length === projectsUsedMax ? (
        <p className="border-t border-line px-4 py-2 text-12 text-fg-3">
          The {projectsUsedMax} dearest projects are shown.
        </p>
      ) : null}
    </>
  )
}

interface SaveUseProps {
  month: string
  items: readonly ProjectUse[] | undefined
}

/** The same as a table for elsewhere, in seconds, tokens and US dollars. */
function SaveUse({ month, items = [] }: SaveUseProps) {
  const save = () => {
    const head = ["Month", "Project", "Id", "Machine seconds", "Agent seconds", "Tokens", "USD"]
    const rows = items.map(({ projectId, name, machineSeconds, agentSeconds, tokens, cents }) => [
      ...[month, name, projectId, String(machineSeconds), String(agentSeconds), String(tokens)],
      (cents / 100).toFixed(6),
    ])
    saveFile(`usage by project ${month}.csv`, csvOf([head, ...rows]))
  }
  const off = items.length === 0 && "There is nothing to save."
  return (
    <Button size="sm" off={off} onClick={save}>
      <Download aria-hidden="true" />
      Save as CSV
    </Button>
  )
}
