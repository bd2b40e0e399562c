"use client"
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts"
import { type ChartProps, chartColour } from "./chart-props.ts"

const text = { fontSize: 11, fill: "var(--fg-3)" }

/** The bars of a chart, in the colours of the series in their order. */
export function ChartBars({ series, points, words }: ChartProps) {
  const data = points.map(({ at, values }) => ({ ...values, at }))
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart
        data={data}
        margin={{ top: 4, right: 0, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        <CartesianGrid vertical={false} stroke="var(--chart-grid)" />
        <XAxis dataKey="at" tick={text} tickLine={false} axisLine={{ stroke: "var(--line)" }} />
        <YAxis
          tick={text}
          tickLine={false}
          axisLine={false}
          width={72}
          tickFormatter={(value: number) => words(value)}
        />
        <Tooltip
          cursor={{ fill: "var(--bg-hover)" }}
          isAnimationActive={false}
          formatter={(value) => words(Number(value))}
          contentStyle={{
            background: "var(--bg-raised)",
            border: "1px solid var(--line)",
            borderRadius: 8,
            fontSize: 12,
          }}
          labelStyle={{ color: "var(--fg-2)" }}
        />
        {series.map((name, index) => (
          <Bar
            key={name}
            dataKey={String(index)}
            name={name}
            fill={chartColour(index)}
            radius={[2, 2, 0, 0]}
            maxBarSize={32}
            isAnimationActive={false}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  )
}
