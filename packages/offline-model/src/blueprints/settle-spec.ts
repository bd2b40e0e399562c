/**
 * What follows from a spec's words without being said in it: numbers that cannot be negative get a
 * lowest value of 0, and a reference is only needed where the record it points at can be made first.
 */
import type { DataModel, Entity, Field } from "@vibecaas/contract/data-model"

/** Settling a settled spec changes nothing. A `min` that the spec carries stays as it is. */
export function settleSpec(spec: DataModel): DataModel {
  const entities = spec.entities.map((entity) => {
    const fields = entity.fields.map((field) => {
      return { ...withLowest(field, entity), required: isNeeded(spec, entity, field) }
    })
    return { ...entity, fields }
  })
  return { ...spec, entities }
}

function withLowest(field: Field, entity: Entity): Field {
  const isNumber = ["whole_number", "decimal", "money"].includes(field.type)
  if (!isNumber || field.min !== undefined || (field.max ?? 0) < 0) return field
  return mayBeNegative(field, entity) ? field : { ...field, min: 0 }
}

const signed =
  /\b(temps?|temperatures?|dew|(?:melting|boiling|freezing) point|highs?|lows?|balances?|lat|lng|lon|latitude|longitude|coordinates?|[xyz]|altitude|elevation|floor|differences?|diff|deltas?|changes?|trend|drift|offset|adjustments?|corrections?|deviation|variance|errors?|profits?|loss|losses|gains?|growth|returns?|margin|surplus|deficit|performance|cash ?flow|pnl|net (?:worth|income|profit|result|gain|assets)|net$|scores?|handicap|results?|sphere|cylinder|diopters?|voltage|angle|slope|gradient|tilt|utc|gmt|timezone)\b/
const signedUnit = /°|celsius|fahrenheit|decibel|^(?:[cf]|db)$/i

// "amount" in transactions can be a refund, "quantity" in stock movements what went out
const general = /^(amounts?|values?|sum|total|quantity|readings?|figure|number)$/
const goesBothWays =
  /\b(transactions?|movements?|ledgers?|postings?|adjustments?|transfers?|measurements?|readings?|sensors?|observations?|cash ?flows?)\b/

function mayBeNegative(field: Field, entity: Entity): boolean {
  const [name, of] = [words(field), words(entity)]
  if (signed.test(name) || signedUnit.test(field.unit ?? "")) return true
  return general.test(name) && goesBothWays.test(of)
}

const words = ({ label }: Field | Entity): string =>
  label
    .toLowerCase()
    .replace(/[^\p{L}]+/gu, " ")
    .trim()

/** Two kinds that need each other could never be begun: between them nothing is needed. */
function isNeeded(spec: DataModel, entity: Entity, field: Field): boolean {
  if (!field.required || field.type !== "reference") return field.required
  return !neededBefore(spec, field.to).has(entity.plural)
}

/** The plurals that must hold a record before `plural` can, with itself. */
function neededBefore(spec: DataModel, plural: string | undefined): Set<string> {
  const reached = new Set(plural === undefined ? [] : [plural])
  for (const each of reached) {
    const entity = spec.entities.find((other) => other.plural === each)
    for (const field of entity?.fields ?? []) if (field.required && field.to) reached.add(field.to)
  }
  return reached
}
