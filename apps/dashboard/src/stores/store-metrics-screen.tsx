"use client"
import { useQuery } from "@tanstack/react-query"
import type { QueuedStore, StoreMetrics } from "@vibecaas/contract/store-platform"
import { ChartLine, Hourglass } from "lucide-react"
import { read } from "../api/read.ts"
import { ForAdmins } from "../platform/for-admins.tsx"
import { buttonLook } from "../ui/button-look.ts"
import { Chart } from "../ui/chart.tsx"
import { EmptyState } from "../ui/empty-state.tsx"
import { count, duration } from "../ui/format.ts"
import { Page, PageHead } from "../ui/page-head.tsx"
import { Panel } from "../ui/panel.tsx"
import { ReadBody } from "../ui/read-body.tsx"
import { RelativeTime } from "../ui/relative-time.tsx"
import { SkeletonRows } from "../ui/skeleton.tsx"
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../ui/table.tsx"

const everyMs = 5000
const days = 30

/** How the making of stores goes, over all organizations, for who runs the installation. */
export function StoreMetricsScreen() {
  return (
    <Page>
      <PageHead
        title="Store metrics"
        actions={
          <a href={`/api/v1/platform/store-metrics/csv?days=${days}`} className={buttonLook()}>
            Save as CSV
          </a>
        }
      >
        Stores of all organizations: what is made now, how long it takes, and what fails.
      </PageHead>
      <ForAdmins label="Store metrics">
        <Queue />
        <Metrics />
      </ForAdmins>
    </Page>
  )
}

function Queue() {
  const queue = useQuery({ ...read("GET /queue"), staleTime: 0, refetchInterval: everyMs })
  return (
    <Panel
      title="Queue"
      footer={
        queue.data ? `${queue.data.atOnce} are made at the same time, first in, first out.` : null
      }
    >
      <ReadBody
        of={queue}
        failed="The queue could not be read"
        skeleton={<SkeletonRows what="queue" widths={["w-24"]} className="h-[45px]" />}
      >
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon={Hourglass} title="Nobody waits" />
          ) : (
            <QueueTable items={items} />
          )
        }
      </ReadBody>
    </Panel>
  )
}

function QueueTable({ items }: { items: readonly QueuedStore[] }) {
  return (
    <Table aria-label="Queue">
      <TableHead>
        <HeadCell className="w-28">Place</HeadCell>
        <HeadCell>Store</HeadCell>
        <HeadCell className="w-32">Engine</HeadCell>
        <HeadCell className="w-32 text-right">Asked</HeadCell>
      </TableHead>
      <TableBody>
        {items.map(({ storeId, position, name, engine, since }) => (
          <Row key={storeId}>
            <Cell>{position === null ? "Being made" : `#${position}`}</Cell>
            <Cell className="font-medium">{name}</Cell>
            <Cell className="text-fg-2">{engine}</Cell>
            <Cell className="text-right text-fg-2">
              <RelativeTime at={since} />
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  )
}

function Metrics() {
  const metrics = useQuery(read("GET /platform/store-metrics", { query: { days } }))
  return (
    <Panel title={`The last ${days} days`}>
      <ReadBody
        of={metrics}
        failed="The metrics could not be read"
        skeleton={<SkeletonRows what="metrics" widths={["w-24"]} className="h-[57px]" />}
      >
        {(shown) =>
          shown.days.length === 0 ? (
            <EmptyState icon={ChartLine} title="No store was asked for in these days">
              {count(shown.active, "store")} ready now.
            </EmptyState>
          ) : (
            <Charts metrics={shown} />
          )
        }
      </ReadBody>
    </Panel>
  )
}

function Charts({ metrics }: { metrics: StoreMetrics }) {
  const engines = [...new Set(metrics.days.map(({ engine }) => engine))]
  const dates = [...new Set(metrics.days.map(({ day }) => day))]
  const of = (day: string) => metrics.days.filter((each) => each.day === day)
  const byEngine = (part: "created" | "active") =>
    dates.map((day) => ({
      at: day,
      values: engines.map((name) => of(day).find(({ engine }) => engine === name)?.[part] ?? 0),
    }))
  const sum = (day: string, part: "ready" | "failed") =>
    of(day).reduce((all, each) => all + each[part], 0)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-8 p-4">
      <Now metrics={metrics} />
      <Chart
        label="Stores asked for, by engine"
        span="Day"
        series={engines}
        points={byEngine("created")}
        words={whole}
      />
      <Chart
        label="Active stores at the end of the day"
        span="Day"
        series={engines}
        points={byEngine("active")}
        words={whole}
      />
      <Chart
        label="Of those asked for: ready and failed"
        span="Day"
        series={["Ready", "Failed"]}
        points={dates.map((day) => ({ at: day, values: [sum(day, "ready"), sum(day, "failed")] }))}
        words={whole}
      />
      {engines.map((engine) => (
        <Chart
          key={engine}
          label={`Time to ready, ${engine}`}
          span="Day"
          series={["p50", "p95", "p99"]}
          points={metrics.days
            .filter((each) => each.engine === engine)
            .map(({ day, p50Seconds, p95Seconds, p99Seconds }) => ({
              at: day,
              values: [p50Seconds ?? 0, p95Seconds ?? 0, p99Seconds ?? 0],
            }))}
          words={(seconds) => duration(seconds * 1000)}
        />
      ))}
    </div>
  )
}

const whole = (value: number) => value.toLocaleString("en")

function Now({ metrics: { active, queued, failures } }: { metrics: StoreMetrics }) {
  const kinds = failures.map(({ kind, count: n }) => `${kind.replaceAll("_", " ")} ${n}`)
  return (
    <p className="text-13 text-fg-2">
      {count(active, "store")} ready now, {queued} waiting.
      {kinds.length > 0 ? ` What failed: ${kinds.join(", ")}.` : null}
    </p>
  )
}
