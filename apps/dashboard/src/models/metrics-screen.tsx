"use client"
import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { ChartColumn } from "lucide-react"
import { useState } from "react"
import { read } from "../api/read.ts"
import { useSession } from "../shell/session.tsx"
import { Chart } from "../ui/chart.tsx"
import { DateRange, instantsOf, type Range, rangeOf } from "../ui/date-range.tsx"
import { EmptyState } from "../ui/empty-state.tsx"
import { ErrorPanel } from "../ui/error-panel.tsx"
import { Page, PageHead } from "../ui/page-head.tsx"
import { Panel } from "../ui/panel.tsx"
import { Select } from "../ui/select.tsx"
import { SkeletonRows } from "../ui/skeleton.tsx"
import { useNow } from "../ui/use-now.ts"
import { daySeries, type MeasureName, measures } from "./measures.ts"
import { MetricsTable } from "./metrics-table.tsx"

type Metrics = NonNullable<ReturnType<typeof useMetrics>["data"]>

function useMetrics(range: Range) {
  const { organization } = useSession()
  const request = { params: { organizationId: organization.id }, query: instantsOf(range) }
  return useQuery({
    ...read("GET /organizations/{organizationId}/models/metrics", request),
    placeholderData: keepPreviousData,
  })
}

/** How agents and the models that they ask did, by role and over time. */
export function MetricsScreen() {
  const today = new Date(useNow(null)).toISOString().slice(0, 10)
  const [range, setRange] = useState(() => rangeOf("days30", today))
  const { data, error, refetch } = useMetrics(range)
  return (
    <Page>
      <PageHead
        title="Agents"
        actions={<DateRange label="Days" value={range} onChange={setRange} today={today} />}
      >
        How agents and the models that they ask did. Days are those of UTC.
      </PageHead>
      {data ? (
        <Shown metrics={data} range={range} />
      ) : (
        <Panel label="Agents and models">
          {error ? (
            <ErrorPanel
              title="How agents did could not be loaded"
              error={error}
              onRetry={() => refetch()}
            />
          ) : (
            <SkeletonRows
              what="how agents did"
              widths={["w-28", "w-36", "w-24", "w-32"]}
              className="h-[57px]"
            />
          )}
        </Panel>
      )}
    </Page>
  )
}

function Shown({ metrics, range }: { metrics: Metrics; range: Range }) {
  if (metrics.models.length === 0) {
    return (
      <Panel label="Agents and models">
        <EmptyState icon={ChartColumn} title="No agent asked a model in these days">
          Each answer counts here: how soon it began, how fast it was written, and what it cost.
        </EmptyState>
      </Panel>
    )
  }
  return (
    <>
      <OverTime metrics={metrics} range={range} />
      <Panel
        title="By agent and model"
        footer="Of runs whose projects still exist. A task counts to each model that it asked, a tool’s time to the one that it asked last."
      >
        <MetricsTable models={metrics.models} />
      </Panel>
    </>
  )
}

const options = Object.entries(measures).map(([value, { name }]) => ({
  value: value as MeasureName, // a key of the table
  label: name,
}))

function OverTime({ metrics, range }: { metrics: Metrics; range: Range }) {
  const [measure, setMeasure] = useState<MeasureName>("first")
  const { name, words } = measures[measure]
  const { series, points, left } = daySeries(metrics.days, range, measure)
  return (
    <Panel
      title="Over time"
      end={
        <Select
          label="Measure"
          className="w-52"
          value={measure}
          options={options}
          onChange={setMeasure}
        />
      }
      footer={left > 0 ? `${left} more models were asked less often.` : undefined}
    >
      <div className="grid gap-3 p-4">
        <Chart label={`${name} by day`} span="Day" {...{ series, points, words }} />
        <Legend series={series} />
      </div>
    </Panel>
  )
}

function Legend({ series }: { series: readonly string[] }) {
  return (
    <ul aria-label="Models" className="flex flex-wrap gap-x-4 gap-y-1 text-12 text-fg-2">
      {series.map((name, at) => (
        <li key={name} className="flex min-w-0 items-center gap-1.5">
          <span
            aria-hidden="true"
            className="size-2.5 flex-none rounded-[2px]"
            style={{ background: `var(--chart-${(at % 5) + 1})` }}
          />
          <span className="mono [overflow-wrap:anywhere]">{name}</span>
        </li>
      ))}
    </ul>
  )
}
