/** Data models made up by chance: right ones, of any lists, fields, formulas, views and access. */
import {
  type DataModel,
  type Entity,
  type Field,
  type FieldType,
  fieldTypes,
} from "@vibecaas/contract/data-model"
import { audiences } from "@vibecaas/contract/data-model-parts"
import { problemsOf } from "@vibecaas/contract/data-model-rules"
import fc from "fast-check"

const plurals = ["books", "people"]
const plain = fieldTypes.filter((type) => !["reference", "references", "computed"].includes(type))

const fieldOf = (place: number): fc.Arbitrary<Field> =>
  fc
    .record({
      type: fc.constantFrom<FieldType>(...plain),
      required: fc.boolean(),
      bounded: fc.boolean(),
      label: fc.constantFrom("Label", "It’s <new>", "Größe & Ort", "Q"),
    })
    .map(({ type, required, bounded, label }) => ({
      ...{ name: `${type}_${place}`, label: `${label} ${place}`, type },
      required: required && type !== "flag",
      ...(type === "choice" ? { choices: ["one", "it's <two>", "three & four"] } : {}),
      ...(bounded && ["whole_number", "decimal", "money"].includes(type)
        ? { min: -2, max: 40 }
        : {}),
      ...(bounded && type === "rating" ? { min: 1, max: 10 } : {}),
    }))

const access = fc.option(
  fc.record({ read: fc.constantFrom(...audiences), write: fc.constantFrom(...audiences) }),
  { nil: undefined },
)

const entityOf = (place: number): fc.Arbitrary<Entity> =>
  fc
    .record({
      fields: fc.tuple(...[0, 1, 2, 3, 4].map(fieldOf)),
      target: fc.nat({ max: plurals.length - 1 }),
      many: fc.boolean(),
      access,
    })
    .map(({ fields, target, many, access: who }) => {
      const plural = plurals[place] ?? "things"
      const relation: Field = {
        ...{ name: "points_at", label: "Points at", required: false },
        ...{ type: many ? "references" : "reference", to: plurals[target] ?? plural },
      }
      return {
        ...{ name: plural.slice(0, -1), plural, label: plural, labelPlural: plural },
        filters: fields.slice(0, 2).map(({ name }) => ({ field: name })),
        fields: [...fields, relation],
        ...(who ? { access: who } : {}),
      }
    })

/** Computed fields and views, of what there is. */
function enriched(entities: Entity[]): Entity[] {
  return entities.map((entity) => {
    const named = (...types: FieldType[]) =>
      entity.fields.filter(({ type }) => types.includes(type))
    const numbers = named("whole_number", "decimal", "money", "rating")
    const [date] = named("date", "datetime")
    const [choice] = named("choice")
    const users = entities.filter(({ fields }) => fields.some(({ to }) => to === entity.plural))
    const computed: [string, Field["formula"]][] = [
      ...users.map((user): [string, Field["formula"]] => [
        `count_${user.plural}`,
        { kind: "count", of: user.plural, by: "points_at" },
      ]),
      ...(numbers[0]
        ? [["taxed", { kind: "product", fields: [numbers[0].name], factor: 0.19 }] as const]
        : []),
      ...(numbers[1] && numbers[0]
        ? [["rest", { kind: "difference", fields: [numbers[0].name, numbers[1].name] }] as const]
        : []),
      ...(date ? [["days", { kind: "days_until", field: date.name }] as const] : []),
    ].map(([name, formula]) => [name, formula] as [string, Field["formula"]])
    const views: Entity["views"] = [
      { name: "list", label: "List", kind: "table", ...(choice ? { counts: choice.name } : {}) },
      { name: "cards", label: "Cards", kind: "cards" },
      ...(choice
        ? [{ name: "board", label: "Board", kind: "board", by: choice.name } as const]
        : []),
      ...(date ? [{ name: "days", label: "Days", kind: "calendar", by: date.name } as const] : []),
    ]
    const fields = computed.map(
      ([name, formula]): Field => ({
        ...{ name, label: name, type: "computed", required: false },
        ...(formula ? { formula } : {}),
      }),
    )
    return { ...entity, fields: [...entity.fields, ...fields], views }
  })
}

export const anyModel: fc.Arbitrary<DataModel> = fc
  .tuple(...plurals.map((_, place) => entityOf(place)))
  .map((entities) => ({
    ...{ version: 1 as const, name: "Made up", unsupported: [] },
    entities: enriched(entities),
  }))
  // what would show more than is allowed is refused, and rightly so
  .filter((model) => problemsOf(model).length === 0)
