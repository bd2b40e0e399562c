import type { KindDeclaration } from "./kind.ts"

type Declarations = Readonly<Record<string, KindDeclaration>>
/** Parts that are records by name. */
type Part = "ids" | "objects" | "may" | "quotas" | "meters" | "events" | "routes"
type Declared<Kinds extends Declarations, P extends Part> = {
  [K in keyof Kinds]: Kinds[K] extends { [N in P]: infer Declared } ? Declared : never
}[keyof Kinds]

/** What all kinds declare of one part, in one record. */
export type Merged<Kinds extends Declarations, P extends Part> =
  Intersected<Declared<Kinds, P>> extends infer All ? { [N in keyof All]: All[N] } : never

type Intersected<Union> = (Union extends unknown ? (part: Union) => void : never) extends (
  whole: infer Whole,
) => void
  ? Whole
  : never

/** @see Merged */
export function merged<Kinds extends Declarations, P extends Part>(
  kinds: Kinds,
  part: P,
): Merged<Kinds, P> {
  // Names are unique over all kinds, so that no part hides another's: a test walks the table.
  return Object.assign({}, ...Object.values(kinds).map((kind) => kind[part])) as Merged<Kinds, P>
}
