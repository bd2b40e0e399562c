import fc from "fast-check"
import { expect, test } from "vitest"
import {
  type DataModel,
  dataModel,
  type Entity,
  type Field,
  readDataModel,
  writeDataModel,
} from "./data-model.ts"
import { settleChange } from "./data-model-change.ts"
import { columnOf } from "./data-model-parts.ts"
import { problemsOf } from "./data-model-rules.ts"

const field = (name: string, more: Partial<Field> = {}): Field => ({
  ...{ name, label: `Label ${name}`, type: "text", required: false },
  ...more,
})
const list = (plural: string, fields: Field[], more: Partial<Entity> = {}): Entity => ({
  ...{ name: plural, plural, label: plural, labelPlural: plural, filters: [], fields },
  ...more,
})
const model = (...entities: Entity[]): DataModel => ({
  ...{ version: 1, name: "Shop", unsupported: [], entities },
})
const money = { type: "money" } as const

const right = model(
  list("orders", [
    field("name", { required: true }),
    field("price", money),
    field("state", { type: "choice", choices: ["new", "sent"], default: "new" }),
    field("client", { type: "reference", to: "clients" }),
    field("tax", {
      type: "computed",
      formula: { kind: "product", fields: ["price"], factor: 0.19 },
    }),
  ]),
  list("clients", [
    field("name"),
    field("sum", {
      type: "computed",
      formula: { kind: "sum", of: "orders", by: "client", field: "tax" },
    }),
  ]),
)

test("what is written is read back, a field a line", () => {
  expect(readDataModel(writeDataModel(right))).toEqual(right)
  expect(problemsOf(right)).toEqual([])
  expect(writeDataModel(right)).toContain('\n        { "name": "price", "label"')
  expect(readDataModel('{"version":1}')).toBeUndefined()
  expect(readDataModel("no JSON")).toBeUndefined()
})

type Wrong = [what: string, change: (model: DataModel) => void, at: string, says: RegExp]
const orders = ({ entities: [first] }: DataModel) => first as Entity
const set = (at: number, more: Partial<Field>) => (of: DataModel) =>
  Object.assign(orders(of).fields[at] ?? {}, more)
test.for<Wrong>([
  ["a name twice", set(1, { name: "name" }), "entities/0/fields/1/name", /Another field/],
  ["a name of ours", set(1, { name: "id" }), "entities/0/fields/1/name", /cannot be used/],
  ["a column twice", set(1, { column: "name" }), "entities/0/fields/1/name", /column/],
  ["no choices", set(0, { type: "choice" }), "entities/0/fields/0/choices", /what can be chosen/],
  ["a wrong default", set(2, { default: "old" }), "entities/0/fields/2/default", /its choices/],
  ["a default of half a cent", set(1, { default: 1.005 }), "entities/0/fields/1/default", /two/],
  ["bounds the wrong way", set(1, { min: 2, max: 1 }), "entities/0/fields/1/max", /below/],
  ["a relation to nothing", set(3, { to: "people" }), "entities/0/fields/3/to", /not there/],
  [
    "a product of words",
    set(4, { formula: { kind: "product", fields: ["name"] } }),
    "entities/0/fields/4/formula",
    /Label name is not a number/,
  ],
  [
    "a product of itself",
    set(4, { formula: { kind: "product", fields: ["tax"] } }),
    "entities/0/fields/4/formula",
    /computed from itself/,
  ],
  [
    "days until a price",
    set(4, { formula: { kind: "days_until", field: "price" } }),
    "entities/0/fields/4/formula",
    /until a date/,
  ],
  [
    "a sum that tells more than it may",
    (of) => Object.assign(orders(of), { access: { read: "owner", write: "owner" } }),
    "entities/1/fields/1/formula",
    /people who may not see/,
  ],
  [
    "a board by a text",
    (of) =>
      Object.assign(orders(of), {
        views: [{ name: "b", label: "B", kind: "board", by: "name" }],
      }),
    "entities/0/views/0/by",
    /needs a choice/,
  ],
  [
    "lists that need each other",
    (of) => {
      set(3, { required: true })(of)
      of.entities[1]?.fields.push(
        field("first", { type: "reference", to: "orders", required: true }),
      )
    },
    "entities/0/fields/3/required",
    /need each other/,
  ],
])("%s is said at its place", ([, change, at, says]) => {
  const wrong = structuredClone(right)
  change(wrong)
  expect(dataModel.safeParse(wrong).error).toBeUndefined()
  const found = problemsOf(wrong).find(({ path }) => path.join("/") === at)
  expect(found?.message).toMatch(says)
})

const told = (before: DataModel, change: (model: DataModel) => void) => {
  const after = structuredClone(before)
  change(after)
  return settleChange(before, after)
}
const says = (of: ReturnType<typeof settleChange>) =>
  of.changes.map(({ says: line, records }) => [line, records?.keeps])

test("each change is told with what becomes of the records", () => {
  expect(says(told(right, (of) => orders(of).fields.push(field("note"))))).toEqual([
    ["Adds Label note to orders", "kept, empty there"],
  ])
  expect(says(told(right, (of) => orders(of).fields.splice(1, 1)))).toEqual([
    ["Removes Label price from orders", "kept; what they have there stays on disk"],
  ])
  expect(says(told(right, set(0, { label: "Title", name: "title", column: "name" })))).toEqual([
    ["Calls Label name of orders Title", "kept"],
  ])
  expect(says(told(right, set(1, { type: "decimal" })))).toEqual([
    ["Makes Label price of orders a number", "converted, or nothing changes if one cannot be"],
  ])
  expect(says(told(right, (of) => of.entities.pop()))).toEqual([
    ["Removes clients", "kept on disk, no longer shown"],
  ])
  expect(says(told(right, (of) => orders(of).fields.reverse()))).toEqual([
    ["Puts the fields of orders in another order", "kept"],
  ])
  expect(says(told(right, () => undefined))).toEqual([])
})

const step = fc.record({
  what: fc.constantFrom("add", "remove", "rename", "retype", "back", "drop list", "add list"),
  at: fc.nat({ max: 5 }),
  name: fc.constantFrom("a", "b", "c"),
})

test("whatever is changed, no column is given twice, and none that had values is forgotten", () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
      let now = model(list("one", [field("a"), field("b", money)]))
      const ever = new Map<string, Set<string>>()
      for (const each of steps) {
        const next = edited(now, each)
        if (problemsOf(next).length > 0) continue
        now = settleChange(now, next).model
        expect(dataModel.safeParse(now).error).toBeUndefined()
        expect(problemsOf(now)).toEqual([])
        for (const entity of now.entities) {
          const table = entity.table ?? entity.plural
          const columns = [
            ...entity.fields.map(columnOf),
            ...(entity.retired ?? []).map(({ column }) => column),
          ]
          expect(new Set(columns).size).toBe(columns.length)
          const before = ever.get(table) ?? new Set()
          expect(columns).toEqual(expect.arrayContaining([...before]))
          ever.set(table, new Set(columns))
        }
        const tables = [
          ...now.entities.map(({ table, plural }) => table ?? plural),
          ...(now.retiredTables ?? []),
        ]
        expect(new Set(tables).size).toBe(tables.length)
      }
    }),
  )
})

function edited(before: DataModel, { what, at, name }: { what: string; at: number; name: string }) {
  const next = structuredClone(before)
  const entity = next.entities[at % next.entities.length]
  if (!entity) return next
  const { fields } = entity
  const place = at % fields.length
  const chosen = fields[place]
  if (what === "add") fields.push(field(name))
  if (what === "remove" && fields.length > 1) fields.splice(place, 1)
  if (what === "rename" && chosen) Object.assign(chosen, { column: columnOf(chosen), name })
  if (what === "retype" && chosen) chosen.type = "decimal"
  const [retired] = entity.retired ?? []
  if (what === "back" && retired) fields.push({ ...retired.field, name, column: retired.column })
  if (what === "add list") next.entities.push(list(name, [field("a")]))
  if (what === "drop list" && next.entities.length > 1)
    next.entities.splice(at % next.entities.length, 1)
  return next
}
