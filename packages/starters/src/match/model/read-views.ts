/** Views that a prompt asks for, where the model leaves no doubt of what they show: "with a calendar". */
import type { DataModel, Entity, View } from "@vibecaas/contract/data-model"
import type { modelFeatures } from "./features.ts"

const kinds = {
  calendar: { label: "Calendar", types: ["date", "datetime"] },
  board: { label: "Board", types: ["choice"] },
} as const

/** The model with a view of it for each feature that is asked for, if one field alone can make it. */
export function withViews(
  model: DataModel,
  asked: readonly (typeof modelFeatures)[number][],
): DataModel {
  const next = structuredClone(model)
  for (const kind of ["calendar", "board"] as const) {
    const { label, types } = kinds[kind]
    const places = next.entities.flatMap((entity) =>
      entity.fields.flatMap(({ name, type }) =>
        (types as readonly string[]).includes(type) ? [{ entity, by: name }] : [],
      ),
    )
    const [place] = places
    if (!asked.includes(kind) || places.length !== 1 || !place) continue
    addView(place.entity, { name: kind, label, kind, by: place.by })
  }
  return next
}

function addView(entity: Entity, view: View): void {
  const views = entity.views ?? [{ name: "table", label: "Table", kind: "table" }]
  if (views.some(({ kind, name }) => kind === view.kind || name === view.name)) return
  entity.views = [...views, view]
}
