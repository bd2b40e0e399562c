"use client"
import { keepPreviousData, useQuery } from "@tanstack/react-query"
import type { MeterTotal } from "@vibecaas/contract/kinds/usage"
import { Download, ReceiptText } from "lucide-react"
import dynamic from "next/dynamic"
import Link from "next/link"
import { useState } from "react"
import { read } from "../api/read.ts"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { csvOf, saveFile } from "../ui/csv.ts"
import { DateRange, instantsOf, type Range, rangeOf } from "../ui/date-range.tsx"
import { EmptyState } from "../ui/empty-state.tsx"
import { ErrorPanel } from "../ui/error-panel.tsx"
import { Meter } from "../ui/meter.tsx"
import { Page, PageHead } from "../ui/page-head.tsx"
import { Panel } from "../ui/panel.tsx"
import { SkeletonRows } from "../ui/skeleton.tsx"
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../ui/table.tsx"
import { useNow } from "../ui/use-now.ts"
import { capitalized } from "../ui/words.ts"
import { Months } from "./months.tsx"
import { amount, quotaAmount } from "./usage-words.ts"

const ByProject = dynamic(() => import("./by-project.tsx").then((module) => module.ByProject), {
  ssr: false,
})

/** What the organization uses of its limits, and what was metered. */
export function UsageScreen() {
  return (
    <Page>
      <PageHead title="Usage">What is in use now, and what was metered.</PageHead>
      <div className="grid grid-cols-2 items-start gap-6 max-lg:grid-cols-[minmax(0,1fr)]">
        <Limits />
        <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
          <Metered />
          <Months />
        </div>
      </div>
      <ByProject />
    </Page>
  )
}

function Limits() {
  const { organization, can, paths } = useSession()
  const params = { organizationId: organization.id }
  const { data, error, refetch } = useQuery(
    read("GET /organizations/{organizationId}/quotas", { params }),
  )
  return (
    <Panel
      title="Limits"
      end={
        data ? (
          <span className="flex gap-2 text-13 text-fg-3">
            {capitalized(data.plan)} plan
            {can("platform-admin") ? (
              <Link href={`${paths.root}/platform/organizations`} className="link">
                Change plan
              </Link>
            ) : null}
          </span>
        ) : null
      }
      footer={
        data && !can("platform-admin")
          ? "Limits are those of the plan. Who runs this installation can change it."
          : null
      }
    >
      {error && !data ? (
        <ErrorPanel
          title="The limits could not be loaded"
          error={error}
          onRetry={() => refetch()}
        />
      ) : data ? (
        <ul>
          {data.quotas.map((quota) => (
            <Quota key={quota.resource} {...quota} />
          ))}
          {data.rates.map(({ resource, name, limit }) => (
            <li
              key={resource}
              className="flex justify-between gap-3 border-b border-line px-4 py-3 text-13 last:border-b-0"
            >
              <span>{name}</span>
              <span className="text-fg-2 tabular-nums">up to {limit.toLocaleString("en")}</span>
            </li>
          ))}
        </ul>
      ) : (
        <RowsSkeleton what="limits" />
      )}
    </Panel>
  )
}

interface QuotaProps {
  resource: string
  name: string
  used: number
  limit: number
}

function Quota({ resource, name, used, limit }: QuotaProps) {
  const words = `${quotaAmount(resource, used)} of ${quotaAmount(resource, limit)} used`
  return (
    <li className="grid gap-2 border-b border-line px-4 py-3 text-13 last:border-b-0">
      <div className="flex justify-between gap-3">
        <span>{name}</span>
        <span className="text-fg-2 tabular-nums">{words}</span>
      </div>
      <Meter label={name} used={used} limit={limit} words={words} />
    </li>
  )
}

function Metered() {
  const { organization } = useSession()
  const today = new Date(useNow(null)).toISOString().slice(0, 10)
  const [range, setRange] = useState(() => rangeOf("month", today))
  const request = { params: { organizationId: organization.id }, query: instantsOf(range) }
  const { data, error, refetch } = useQuery({
    ...read("GET /organizations/{organizationId}/usage", request),
    placeholderData: keepPreviousData,
  })
  return (
    <Panel
      title="Metered"
      end={<SaveTotals range={range} totals={data?.totals} />}
      footer="Days are those of UTC."
    >
      <div className="border-b border-line px-4 py-3">
        <DateRange label="Days" value={range} onChange={setRange} today={today} />
      </div>
      {error && !data ? (
        <ErrorPanel title="The usage could not be loaded" error={error} onRetry={() => refetch()} />
      ) : !data ? (
        <RowsSkeleton what="usage" />
      ) : data.totals.length === 0 ? (
        <EmptyState icon={ReceiptText} title="Nothing metered in these days">
          Machine time, agents’ time and tokens are counted here as they are used.
        </EmptyState>
      ) : (
        <Totals totals={data.totals} />
      )}
    </Panel>
  )
}

interface SaveTotalsProps {
  range: Range
  totals: readonly MeterTotal[] | undefined
}

/** What was metered in these days as a table for elsewhere, in the units it is counted in. */
function SaveTotals({ range, totals }: SaveTotalsProps) {
  const save = () => {
    const head = ["From", "To", "Meter", "What", "Quantity", "Unit"]
    const rows = (totals ?? []).map(({ meter, name, quantity, unit }) => [
      ...[range.from, range.to, meter, name],
      ...[String(quantity), unit],
    ])
    saveFile(`usage ${range.from} to ${range.to}.csv`, csvOf([head, ...rows]))
  }
  return (
    <Button size="sm" off={totals?.length ? undefined : "There is nothing to save."} onClick={save}>
      <Download aria-hidden="true" />
      Save as CSV
    </Button>
  )
}

function Totals({ totals }: { totals: readonly MeterTotal[] }) {
  return (
    <Table aria-label="Metered in these days">
      <TableHead>
        <HeadCell>What</HeadCell>
        <HeadCell className="w-40 text-right">Amount</HeadCell>
      </TableHead>
      <TableBody>
        {totals.map(({ meter, name, unit, quantity }) => (
          <Row key={meter}>
            <Cell>
              <span className="block truncate">{name}</span>
              <span className="mono block truncate text-12 text-fg-3">{meter}</span>
            </Cell>
            <Cell className="text-right tabular-nums">{amount(quantity, unit)}</Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  )
}

function RowsSkeleton({ what }: { what: string }) {
  return <SkeletonRows what={what} widths={["w-24", "w-32", "w-20", "w-28"]} className="h-[54px]" />
}
