import { fault } from "@vibecaas/kernel/fault"
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

/** What was agreed of a store, from its release. @throws Fault `invalid` */
export function termsOf<Values>(engine: Engine<Values>, release: Release): StoreTerms<Values> {
  const { storeId, version, name, plan, secrets, url, adminUrl } = release
  const values = checkValues(engine, release.values)
  return { storeId, version, name, plan, secrets, url, adminUrl, values }
}
