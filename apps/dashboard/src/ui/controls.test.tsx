// @vitest-environment jsdom
import { fireEvent, screen, within } from "@testing-library/react"
import { type ReactNode, useState } from "react"
import { expect, onTestFinished, test } from "vitest"
import { draw } from "../testing/draw.tsx"
import { Checkbox } from "./checkbox.tsx"
import { csvOf } from "./csv.ts"
import { DateRange, instantsOf, type Range, rangeOf } from "./date-range.tsx"
import { Field } from "./field.tsx"
import { type KeyValue, KeyValues, pairsIn } from "./key-values.tsx"
import { Select } from "./select.tsx"
import { Steps } from "./steps.tsx"
import { Switch } from "./switch.tsx"
import { Tabs } from "./tabs.tsx"
import { VirtualList } from "./virtual-list.tsx"

/** Holds a control's value, as a form does, and shows it. */
function Held<Value>(props: {
  value: Value
  children(value: Value, onChange: (value: Value) => void): ReactNode
}) {
  const [value, setValue] = useState(props.value)
  return (
    <>
      {props.children(value, setValue)}
      <output>{JSON.stringify(value)}</output>
    </>
  )
}
const held = () => JSON.parse(screen.getByText(/^["[{tf]/, { selector: "output" }).textContent)

test("a select opens by keys, goes to what is typed, and is named by its label", async () => {
  const options = ["Small", "Medium", "Large"].map((label) => ({
    value: label.toLowerCase(),
    label,
  }))
  const { user } = draw(
    <Held value="small">
      {(value, onChange) => (
        <Field label="Size" help="Later too.">
          {(control) => <Select {...control} value={value} options={options} onChange={onChange} />}
        </Field>
      )}
    </Held>,
  )
  const box = screen.getByRole("combobox", { name: "Size" })
  expect(box.textContent).toContain("Small")
  box.focus()
  await user.keyboard("{Enter}")
  const chosen = await screen.findByRole("option", { name: "Small" })
  expect(chosen.getAttribute("aria-selected")).toBe("true")
  await user.keyboard("l{Enter}")
  expect(held()).toBe("large")
  expect(screen.getByRole("combobox", { name: "Size" }).textContent).toContain("Large")
})

test("a select that is off says why and does not open", async () => {
  const options = [{ value: "here", label: "Here" }]
  draw(
    <Select
      label="Region"
      value="here"
      options={options}
      onChange={() => undefined}
      off="One only."
    />,
  )
  const box = screen.getByRole("combobox", { name: "Region" })
  expect(box.getAttribute("title")).toBe("One only.")
  expect(box.hasAttribute("disabled")).toBe(true)
})

test("a checkbox is changed by its label and by the space bar, and one that is off stays", async () => {
  const { user } = draw(
    <Held<boolean> value={false}>
      {(value, onChange) => (
        <>
          <Checkbox label="Keep it" checked={value} onChange={onChange} />
          <Checkbox label="Fixed" checked off="Always." onChange={() => onChange(false)} />
        </>
      )}
    </Held>,
  )
  await user.click(screen.getByText("Keep it"))
  expect(held()).toBe(true)
  screen.getByRole("checkbox", { name: "Keep it" }).focus()
  await user.keyboard(" ")
  expect(held()).toBe(false)
  const fixed = screen.getByRole("checkbox", { name: "Fixed", description: "Always." })
  await user.click(fixed)
  expect(fixed.getAttribute("aria-checked")).toBe("true")
})

test("a switch tells whether it is on", async () => {
  const { user } = draw(
    <Held<boolean> value={true}>
      {(value, onChange) => <Switch label="Follow" checked={value} onChange={onChange} />}
    </Held>,
  )
  const control = screen.getByRole("switch", { name: "Follow" })
  expect(control.getAttribute("aria-checked")).toBe("true")
  await user.click(control)
  expect(control.getAttribute("aria-checked")).toBe("false")
})

test("arrows go from tab to tab, and only the open one's content is there", async () => {
  const tabs = [
    { value: "logs", label: "Logs", content: "printed" },
    { value: "events", label: "Events", content: "done" },
  ]
  const { user } = draw(
    <Held value="logs">
      {(value, onChange) => <Tabs label="Parts" value={value} tabs={tabs} onChange={onChange} />}
    </Held>,
  )
  screen.getByRole("tab", { name: "Logs", selected: true }).focus()
  await user.keyboard("{ArrowRight}")
  screen.getByRole("tab", { name: "Events", selected: true })
  expect(screen.getByRole("tabpanel").textContent).toBe("done")
})

test("steps say which one is current and which are done", () => {
  draw(<Steps label="Way" steps={["One", "Two", "Three"]} at={1} />)
  const steps = within(screen.getByRole("list", { name: "Way" })).getAllByRole("listitem")
  expect(steps.map(({ ariaCurrent }) => ariaCurrent)).toEqual([null, "step", null])
  expect(steps.map(({ textContent }) => textContent?.includes("done"))).toEqual([
    true,
    false,
    false,
  ])
})

test("pairs are added, changed, removed, and pasted as lines of a file", async () => {
  const { user } = draw(
    <Held<readonly KeyValue[]> value={[{ key: "PORT", value: "1" }]}>
      {(value, onChange) => (
        <KeyValues
          label="Environment"
          noun="variable"
          pairs={value}
          onChange={onChange}
          faults={value[0]?.key === "" ? { 0: "Name it." } : {}}
        />
      )}
    </Held>,
  )
  await user.clear(screen.getByLabelText("Name of variable 1"))
  await screen.findByText("Name it.")
  screen.getByRole("textbox", { name: "Name of variable 1", description: "Name it." })
  await user.click(screen.getByLabelText("Name of variable 1"))
  await user.paste('# made here\nPORT=3000\nKEY="a b"\n')
  expect(held()).toEqual([
    { key: "PORT", value: "3000" },
    { key: "KEY", value: "a b" },
  ])
  await user.click(screen.getByRole("button", { name: "Remove variable PORT" }))
  await user.click(screen.getByRole("button", { name: "Add variable" }))
  expect(held()).toEqual([
    { key: "KEY", value: "a b" },
    { key: "", value: "" },
  ])
})

test("a text with a line that is no pair is pasted as it is", () => {
  expect(pairsIn("KEY=1\nhello there")).toEqual([])
  expect(pairsIn("KEY=")).toEqual([{ key: "KEY", value: "" }])
})

test("a span of days is a usual one or any, never ends before it begins, and includes its last day", () => {
  draw(
    <Held<Range> value={rangeOf("month", "2026-03-15")}>
      {(value, onChange) => (
        <DateRange label="Days" value={value} onChange={onChange} today="2026-03-15" />
      )}
    </Held>,
  )
  expect(screen.getByRole("combobox", { name: "Span" }).textContent).toContain("This month")
  const put = (name: string, value: string) =>
    fireEvent.change(screen.getByLabelText(name), { target: { value } })
  put("From", "")
  expect(held()).toEqual({ from: "2026-03-01", to: "2026-03-15" })
  put("From", "2026-03-20")
  expect(held()).toEqual({ from: "2026-03-15", to: "2026-03-20" })
  expect(rangeOf("last", "2026-03-15")).toEqual({ from: "2026-02-01", to: "2026-02-28" })
  expect(instantsOf({ from: "2026-02-01", to: "2026-02-28" })).toEqual({
    from: "2026-02-01T00:00:00.000Z",
    to: "2026-03-01T00:00:00.000Z",
  })
})

test("of a long list only a part is drawn, and each row says its place", async () => {
  // jsdom lays nothing out: without a height nothing would be in sight.
  const real = Object.getOwnPropertyDescriptor(Element.prototype, "clientHeight") ?? {}
  Object.defineProperty(Element.prototype, "clientHeight", { configurable: true, value: 320 })
  onTestFinished(() => void Object.defineProperty(Element.prototype, "clientHeight", real))
  const items = Array.from({ length: 10_000 }, (_, at) => `Row ${at + 1}`)
  draw(
    <VirtualList label="Rows" items={items} rowPx={32} keyOf={(item) => item}>
      {(item) => item}
    </VirtualList>,
  )
  const rows = await within(screen.getByRole("figure", { name: "Rows" })).findAllByRole("listitem")
  expect(rows.length).toBeGreaterThan(9)
  expect(rows.length).toBeLessThan(100)
  expect(rows[0]?.getAttribute("aria-posinset")).toBe("1")
  expect(rows[0]?.getAttribute("aria-setsize")).toBe("10000")
})

test("a table as CSV quotes what must be, and no cell runs as a formula", () => {
  expect(
    csvOf([
      ["Month", 'a "b", c'],
      ["=1+1", "-5"],
    ]),
  ).toBe('Month,"a ""b"", c"\r\n\'=1+1,-5\r\n')
})
