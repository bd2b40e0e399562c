"use client"
import { Download, Table2 } from "lucide-react"
import dynamic from "next/dynamic"
import { useState } from "react"
import { Button } from "./button.tsx"
import { type ChartProps, chartColour } from "./chart-props.ts"
import { csvOf, saveFile } from "./csv.ts"
import { Skeleton } from "./skeleton.tsx"
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "./table.tsx"

// Its library is larger than all else of a page, so it comes when there is something to draw.
const Bars = dynamic(() => import("./chart-bars.tsx").then((module) => module.ChartBars), {
  ssr: false,
  loading: () => <Skeleton className="h-48 w-full rounded-2" />,
})

/** Bars over time; the same numbers as a table, and as a file. */
export function Chart(props: ChartProps) {
  const { label, span, series, points, words } = props
  const [table, setTable] = useState(false)
  const save = () => {
    const rows = points.map(({ at, values }) => [at, ...values.map(String)])
    saveFile(`${label}.csv`, csvOf([[span, ...series], ...rows]))
  }
  return (
    <figure aria-label={label} className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <figcaption className="mr-auto text-12 text-fg-3">{label}</figcaption>
        <div className="flex gap-2 max-sm:-ml-2.5">
          <Button size="sm" kind="ghost" aria-pressed={table} onClick={() => setTable(!table)}>
            <Table2 aria-hidden="true" strokeWidth={1.75} />
            {table ? "Show chart" : "Show table"}
          </Button>
          <Button size="sm" kind="ghost" onClick={save}>
            <Download aria-hidden="true" strokeWidth={1.75} />
            Save as CSV
          </Button>
        </div>
      </div>
      {table ? (
        <Table aria-label={label}>
          <TableHead>
            <HeadCell>{span}</HeadCell>
            {series.map((name) => (
              <HeadCell key={name} className="text-right">
                {name}
              </HeadCell>
            ))}
          </TableHead>
          <TableBody>
            {points.map(({ at, values }) => (
              <Row key={at}>
                <Cell>{at}</Cell>
                {values.map((value, index) => (
                  <Cell key={series[index]} className="text-right tabular-nums">
                    {words(value)}
                  </Cell>
                ))}
              </Row>
            ))}
          </TableBody>
        </Table>
      ) : (
        // The table says the same to who does not see it.
        <div aria-hidden="true" className="grid gap-2">
          {series.length > 1 ? <Legend series={series} /> : null}
          <div className="h-48">
            <Bars {...props} />
          </div>
        </div>
      )}
    </figure>
  )
}

/** Which colour is which. */
function Legend({ series }: Pick<ChartProps, "series">) {
  return (
    <div className="flex flex-wrap gap-x-4 gap-y-1 text-12 text-fg-2">
      {series.map((name, index) => (
        <span key={name} className="inline-flex items-center gap-1.5">
          <span className="size-2 rounded-1" style={{ background: chartColour(index) }} />
          {name}
        </span>
      ))}
    </div>
  )
}
