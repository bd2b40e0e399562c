/** What only some data models have: an include that needs one builds nothing in the others. */
import type { DataModel, Entity } from "@vibecaas/contract/data-model"
import type { StarterLanguage } from "@vibecaas/contract/starter-form"
import { stemsOf } from "../text.ts"

const fieldsIn = ({ entities }: DataModel) => entities.flatMap(({ fields }) => fields)
const viewsIn = ({ entities }: DataModel) => entities.flatMap(({ views = [] }) => views)
const isLimited = ({ access }: Entity) =>
  access !== undefined && (access.read !== "everybody" || access.write !== "everybody")

const numeric: ReadonlySet<string> = new Set(["whole_number", "decimal", "money", "rating"])

const features = {
  board: (model) => viewsIn(model).some(({ kind }) => kind === "board"),
  calendar: (model) => viewsIn(model).some(({ kind }) => kind === "calendar"),
  cards: (model) => viewsIn(model).some(({ kind }) => kind === "cards"),
  counts: (model) => viewsIn(model).some(({ counts }) => counts !== undefined),
  numbers: (model) => fieldsIn(model).some(({ type }) => numeric.has(type)),
  relations: (model) => fieldsIn(model).some(({ to }) => to !== undefined),
  computed: (model) =>
    fieldsIn(model).some(({ formula }) => formula && formula.kind !== "days_until"),
  deadlines: (model) => fieldsIn(model).some(({ formula }) => formula?.kind === "days_until"),
  access: ({ entities }) => entities.some(isLimited),
} satisfies Record<string, (model: DataModel) => boolean | undefined>

export const modelFeatures = Object.keys(features) as (keyof typeof features)[] // just made of it

export const modelHas = (model: DataModel, feature: keyof typeof features): boolean =>
  features[feature](model) === true

/** Words of its lists and fields: "sort by price" speaks of a price that is there. */
export const wordsOfModel = (model: DataModel, language: StarterLanguage): string[] =>
  model.entities
    .flatMap(({ label, labelPlural, fields }) => [
      ...[label, labelPlural],
      ...fields.flatMap((field) => [field.label, ...(field.choices ?? [])]),
    ])
    .flatMap((text) => stemsOf(text, language))
