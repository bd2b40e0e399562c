import { fault } from "@vibecaas/kernel/fault"
import type { Engine } from "./engine.ts"

/** The engines of an installation, by name. */
export interface EngineSet {
  /** @throws Fault `invalid` with the field `/engine` */
  find(name: string): Engine
  list(): readonly Engine[]
}

export function makeEngines(engines: readonly Engine[]): EngineSet {
  const byName = new Map(engines.map((engine) => [engine.name, engine]))
  return {
    list: () => engines,
    find(name) {
      const engine = byName.get(name)
      if (engine) return engine
      const say = `There is no engine ${JSON.stringify(name)}.`
      throw fault("invalid", { say, fields: { "/engine": say } })
    },
  }
}

/**
 * An engine in a list of engines of several values: what comes in as values is checked by the engine's
 * own schema (`checkValues`) before any of its functions sees it.
 */
export function anyEngine<Values>(engine: Engine<Values>): Engine {
  // Values only ever enter through `checkValues`, which parses them by this engine's schema.
  return engine as unknown as Engine
}
