"use client"
import { useQueries } from "@tanstack/react-query"
import { useState } from "react"
import { read } from "../api/read.ts"
import { useSession } from "../shell/session.tsx"
import { Chart } from "../ui/chart.tsx"
import { ErrorPanel } from "../ui/error-panel.tsx"
import { Panel } from "../ui/panel.tsx"
import { Select } from "../ui/select.tsx"
import { Skeleton } from "../ui/skeleton.tsx"
import { useNow } from "../ui/use-now.ts"
import { monthsUntil } from "./month.ts"
import { amount } from "./usage-words.ts"

const monthsShown = 6

/** One meter over the last months. */
export function Months() {
  const { organization } = useSession()
  const months = monthsUntil(useNow(null), monthsShown)
  const params = { organizationId: organization.id }
  const reads = useQueries({
    queries: months.map(({ from, to }) =>
      read("GET /organizations/{organizationId}/usage", { params, query: { from, to } }),
    ),
  })
  const totals = reads
    .flatMap(({ data }) => data?.totals ?? [])
    .filter(({ quantity }) => quantity > 0)
  const meters = [...new Map(totals.map((total) => [total.meter, total])).values()]
  const [chosen, setChosen] = useState<string>()
  const meter = meters.find((each) => each.meter === chosen) ?? meters[0]
  const failed = reads.find(({ error, data }) => error && !data)
  if (reads.every(({ data }) => data) && !meter) return null
  return (
    <Panel
      title="By month"
      end={
        meter ? (
          <Select
            label="Meter"
            className="w-48"
            value={meter.meter}
            options={meters.map(({ meter, name }) => ({ value: meter, label: name }))}
            onChange={setChosen}
          />
        ) : null
      }
    >
      {failed ? (
        <ErrorPanel
          title="The months could not be loaded"
          error={failed.error}
          onRetry={() => failed.refetch()}
        />
      ) : (
        <div className="p-4">
          {meter ? (
            <Chart
              label={`${meter.name} by month`}
              span="Month"
              series={[meter.name]}
              points={months.map(({ name }, at) => ({
                at: name,
                values: [quantityOf(reads[at]?.data?.totals, meter.meter)],
              }))}
              words={(value) => amount(value, meter.unit)}
            />
          ) : (
            <Skeleton className="h-48 w-full rounded-2" />
          )}
        </div>
      )}
    </Panel>
  )
}

function quantityOf(
  totals: readonly { meter: string; quantity: number }[] | undefined,
  wanted: string,
): number {
  return totals?.find(({ meter }) => meter === wanted)?.quantity ?? 0
}
