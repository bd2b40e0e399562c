import { isDeepStrictEqual } from "node:util"
import { fault } from "@vibecaas/kernel/fault"
import { z } from "zod"
import type { Engine, StoreTerms } from "./engine.ts"
import type { Release } from "./release.ts"

/**
 * A person's values as the engine understands them.
 *
 * @throws Fault `invalid` with a field `/values/…` for each mistake
 */
export function checkValues<Values>(engine: Engine<Values>, values: unknown): Values {
  const checked = engine.values.safeParse(values)
  if (checked.success) return checked.data
  const fields: Record<string, string> = {}
  for (const { path, message } of checked.error.issues) {
    fields[["/values", ...path.map(String)].join("/")] ??= message
  }
  throw fault("invalid", { say: `These are no values for a ${engine.title} store.`, fields })
}

/**
 * Another set of a store's values: those that a shop is only made with stay as they are.
 *
 * @param before as `checkValues` answered them
 * @throws Fault `invalid` with a field for each mistake, also for another value of what is fixed
 */
export function changeValues<Values extends object>(
  engine: Engine<Values>,
  { before, wanted }: { before: Readonly<Record<string, unknown>>; wanted: object },
): Values {
  const fixed = fixedValues(engine)
  const kept = Object.entries(before).filter(([name]) => name in fixed)
  const values = checkValues(engine, { ...Object.fromEntries(kept), ...wanted })
  const after = new Map<string, unknown>(Object.entries(values))
  const changed = kept.filter(([name, value]) => !isDeepStrictEqual(after.get(name), value))
  if (changed.length === 0) return values
  const fields = changed.map(([name]) => [`/values/${name}`, fixed[name] ?? ""] as const)
  throw fault("invalid", {
    say: "Some of these values count only when a store is made.",
    fields: Object.fromEntries(fields),
  })
}

/** Values that a store is only made with, each with a sentence on that, as their schema says. */
function fixedValues<Values>(engine: Engine<Values>): Readonly<Record<string, string>> {
  const { properties = {} } = z.toJSONSchema(engine.values, { io: "input", unrepresentable: "any" })
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, property]) =>
      typeof property === "object" && typeof property.fixed === "string"
        ? [[name, property.fixed]]
        : [],
    ),
  )
}

/** What was agreed of a store, from its release. @throws Fault `invalid` */
export function termsOf<Values>(engine: Engine<Values>, release: Release): StoreTerms<Values> {
  const { storeId, version, name, plan, secrets, url, adminUrl } = release
  const values = checkValues(engine, release.values)
  return { storeId, version, name, plan, secrets, url, adminUrl, values }
}
