import type { ChosenStarter } from "@vibecaas/contract/kinds/starters"
import { fault } from "@vibecaas/kernel/fault"
import { valuesOf } from "@vibecaas/starters/files-of"
import { readStarters } from "@vibecaas/starters/read-starters"
import type { Starter } from "@vibecaas/starters/starter"

/** The platform's starters; they are the same for everybody. */
export interface Catalogue {
  /** by id in order */
  all(): Promise<readonly Starter[]>
  /** @throws Fault `not_found` */
  need(id: string): Promise<Starter>
  /**
   * What somebody chose, with values that fit its parameters.
   *
   * @throws Fault `invalid` that names what is wrong, at `/starter/…`
   */
  check(chosen: ChosenStarter): Promise<Starter>
}

/** @param folder is read when the first one asks, and kept from then on */
export function makeCatalogue(folder: string): Catalogue {
  let read: Promise<readonly Starter[]> | undefined
  const all = () => {
    read ??= readStarters(folder).catch((error: unknown) => {
      // What could not be read may be there the next time.
      read = undefined
      throw error
    })
    return read
  }
  const find = async (id: string) => (await all()).find((starter) => starter.id === id)
  return {
    all,
    need: async (id) => (await find(id)) ?? missing(),
    async check({ id, parameters }) {
      const starter = (await find(id)) ?? notOffered(id)
      valuesOf(starter, parameters)
      return starter
    },
  }
}

function missing(): never {
  throw fault("not_found", { say: "There is no such starter." })
}

/** @throws Fault `invalid` */
export function notOffered(id: string): never {
  throw fault("invalid", {
    say: `There is no starter “${id}”.`,
    fields: { "/starter/id": "Choose one of the starters that are offered." },
  })
}
