"use client"
import { type ReactNode, useState } from "react"
import { Button } from "./button.tsx"
import { Chart } from "./chart.tsx"
import { Checkbox } from "./checkbox.tsx"
import { DateRange, rangeOf } from "./date-range.tsx"
import { Field, TextField } from "./field.tsx"
import { duration } from "./format.ts"
import { type KeyValue, KeyValues } from "./key-values.tsx"
import { PageHead } from "./page-head.tsx"
import { Panel } from "./panel.tsx"
import { Segmented } from "./segmented.tsx"
import { Select } from "./select.tsx"
import { Steps } from "./steps.tsx"
import { Switch } from "./switch.tsx"
import { Tabs } from "./tabs.tsx"
import { VirtualList } from "./virtual-list.tsx"

const today = "2026-11-28"
const sizes = [
  { value: "small", label: "Small", aside: "1 CPU, 512 MB" },
  { value: "medium", label: "Medium", aside: "2 CPUs, 2 GB" },
  { value: "large", label: "Large", aside: "4 CPUs, 8 GB" },
] as const
const points = ["Jun", "Jul", "Aug", "Sep", "Oct", "Nov"].map((at, month) => ({
  at,
  values: [3600 * (month + 2), 1800 * ((month * 5) % 7)],
}))
const events = Array.from({ length: 5000 }, (_, at) => `Event ${at + 1}`)
const steps = ["Choose a name", "Point it here", "Wait for it"]

/** Every control there is for forms and data, each in use. */
export function ControlsScreen() {
  return (
    <main className="mx-auto grid max-w-[1080px] grid-cols-[minmax(0,1fr)] gap-6 px-8 py-8 max-md:px-4">
      <PageHead title="Controls">What screens are made of. Nothing here changes anything.</PageHead>
      <div className="grid grid-cols-2 items-start gap-6 max-md:grid-cols-[minmax(0,1fr)]">
        <Fields />
        <Choices />
        <Panel title="Chart">
          <div className="p-4">
            <Chart
              label="Time by month"
              span="Month"
              series={["Machines", "Agents"]}
              points={points}
              words={(seconds) => duration(seconds * 1000)}
            />
          </div>
        </Panel>
        <Panel title="Long list" footer="5,000 events, of which only those in sight are drawn">
          <VirtualList
            label="Events"
            items={events}
            rowPx={32}
            keyOf={(event) => event}
            className="h-64"
          >
            {(event) => <span className="block px-4 py-1.5 text-13">{event}</span>}
          </VirtualList>
        </Panel>
      </div>
    </main>
  )
}

function Fields() {
  const [size, setSize] = useState<(typeof sizes)[number]["value"]>("small")
  const [pairs, setPairs] = useState<readonly KeyValue[]>([
    { key: "PORT", value: "3000" },
    { key: "2ND", value: "no" },
  ])
  const [range, setRange] = useState(() => rangeOf("days7", today))
  return (
    <Panel title="Fields">
      <Rows>
        <TextField label="Name" help="Two characters or more." defaultValue="Tulips" />
        <TextField label="Address" error="Enter an address such as mara@example.com." />
        <Field label="Size" help="It can be changed later.">
          {(control) => <Select {...control} value={size} options={sizes} onChange={setSize} />}
        </Field>
        <Field label="Region">
          {(control) => (
            <Select
              {...control}
              value="here"
              options={[{ value: "here", label: "This server" }]}
              onChange={() => undefined}
              off="There is one server only."
            />
          )}
        </Field>
        <DateRange label="Days" value={range} onChange={setRange} today={today} />
        <KeyValues
          label="Environment"
          noun="variable"
          pairs={pairs}
          onChange={setPairs}
          faults={faultsOf(pairs)}
        />
      </Rows>
    </Panel>
  )
}

function faultsOf(pairs: readonly KeyValue[]): Record<number, string> {
  const faults = pairs.flatMap(({ key }, at) =>
    /^\d/.test(key) ? [[at, "A name cannot begin with a digit."] as const] : [],
  )
  return Object.fromEntries(faults)
}

function Choices() {
  const [keep, setKeep] = useState<boolean | "some">("some")
  const [follow, setFollow] = useState(true)
  const [part, setPart] = useState<"logs" | "events">("logs")
  const [kind, setKind] = useState<"all" | "some">("all")
  const [at, setAt] = useState(1)
  return (
    <Panel title="Choices and ways">
      <Rows>
        <Checkbox label="Keep the data" help="A copy is made." checked={keep} onChange={setKeep} />
        <Checkbox label="Keep the host" checked off="Hosts are always kept." onChange={setKeep} />
        <Switch label="Follow" checked={follow} onChange={setFollow} />
        <Switch label="Mirror" checked={false} off="There is no mirror." onChange={setFollow} />
        <Segmented
          label="Kind"
          value={kind}
          segments={[
            { value: "all", label: "All" },
            { value: "some", label: "Some" },
          ]}
          onChange={setKind}
        />
        <Steps label="Connect a domain" steps={steps} at={at} onBack={setAt} />
        <div>
          <Button
            onClick={() => setAt(at + 1)}
            off={at >= steps.length ? "All steps are done." : undefined}
          >
            Next step
          </Button>
        </div>
      </Rows>
      <Tabs
        label="Parts"
        value={part}
        onChange={setPart}
        tabs={[
          {
            value: "logs",
            label: "Logs",
            content: <p className="p-4 text-13">What it printed.</p>,
          },
          {
            value: "events",
            label: "Events",
            content: <p className="p-4 text-13">What it did.</p>,
          },
        ]}
      />
    </Panel>
  )
}

function Rows({ children }: { children: ReactNode }) {
  return <div className="grid grid-cols-[minmax(0,1fr)] gap-4 p-4">{children}</div>
}
