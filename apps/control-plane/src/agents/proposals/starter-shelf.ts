import type { ChosenStarter } from "@vibecaas/contract/kinds/starters"
import { wrongWith } from "@vibecaas/starters/check-value"
import { modelPath, settingsPath } from "@vibecaas/starters/files-of"
import { makeCatalogue } from "@vibecaas/starters/match/catalogue"
import type { Starter } from "@vibecaas/starters/starter"
import type { Repository } from "../../projects/index.ts"
import type { Catalogue } from "../../starters/index.ts"

/** The starters there are, and which of them a project's app is. */
export interface StarterShelf extends Omit<ReturnType<typeof makeCatalogue>, "starter"> {
  starter(id: string): Starter | undefined
  /** the starter that a project is made of, with its values now; nothing when it is none of ours */
  madeOf(repository: Pick<Repository, "head" | "read">): Promise<MadeOf>
}

export type MadeOf =
  | { kind: "empty" }
  | { kind: "starter"; starter: Starter; now: ChosenStarter }
  | { kind: "foreign" }

const bytesMax = 256 * 1024

const shelves = new WeakMap<readonly Starter[], StarterShelf>()

/** Made once of the starters that the catalogue has read. */
export async function readShelf(catalogue: Pick<Catalogue, "all">): Promise<StarterShelf> {
  const starters = await catalogue.all()
  const made = shelves.get(starters) ?? makeShelf(starters)
  shelves.set(starters, made)
  return made
}

function makeShelf(starters: readonly Starter[]): StarterShelf {
  const byId = new Map(starters.map((each) => [each.id, each]))
  return {
    ...makeCatalogue(starters),
    starter: (id) => byId.get(id),
    async madeOf(repository) {
      const head = await repository.head()
      if (head === null) return { kind: "empty" }
      const files = { read: (path: string) => repository.read(head, path, bytesMax) }
      const { name } = await readJson(files, "package.json")
      const starter = byId.get(String(name))
      if (!starter || !(await isMadeOf(files, starter))) return { kind: "foreign" }
      return { kind: "starter", starter, now: await valuesNow(files, starter) }
    },
  }
}

interface Files {
  read(path: string, bytesMax: number): Promise<{ content: Buffer; truncated: boolean } | null>
}

/** Whether files are those of a starter: they have its name, and every one of its settings. */
export async function isMadeOf(files: Files, { id, parameters }: Starter): Promise<boolean> {
  const { name } = await readJson(files, "package.json")
  const settings = await readJson(files, settingsPath)
  return (
    name === id &&
    parameters.every((each) => each.kind === "data_model" || Object.hasOwn(settings, each.name))
  )
}

/** What is there now, or the default where that is none of the values it may have. */
async function valuesNow(files: Files, { id, parameters }: Starter): Promise<ChosenStarter> {
  const settings = await readJson(files, settingsPath)
  const model = await readJson(files, modelPath)
  const values = parameters.map((parameter) => {
    const said = parameter.kind === "data_model" ? model : settings[parameter.name]
    const fits = said !== undefined && wrongWith(parameter, said) === undefined
    return [parameter.name, fits ? said : parameter.default]
  })
  return { id, parameters: Object.fromEntries(values) }
}

/** The object that a file holds as JSON; empty when it does not. */
async function readJson(files: Files, path: string): Promise<Record<string, unknown>> {
  const file = await files.read(path, bytesMax)
  if (!file || file.truncated) return {}
  try {
    const value: unknown = JSON.parse(file.content.toString())
    return typeof value === "object" && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
