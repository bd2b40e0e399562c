import { dataModel, writeDataModel } from "@vibecaas/contract/data-model"
import type { StarterValues } from "@vibecaas/contract/starter-form"
import { fault } from "@vibecaas/kernel/fault"
import { wrongWith } from "./check-value.ts"
import type { AppFile, Starter } from "./starter.ts"

/** Where an app reads its parameters' values from when it starts. */
export const settingsPath = "settings.json"
/** Where an app reads its data model from. */
export const modelPath = "app.json"

/** The parameter that says what an app keeps, where it keeps records; no starter has two. */
export const modelParameter = ({ parameters }: Pick<Starter, "parameters">) =>
  parameters.find(({ kind }) => kind === "data_model")

/**
 * The files of a project that begins with a starter: those of its app, with the values of its
 * parameters.
 *
 * @param given values by parameter; the others have their defaults
 * @throws `invalid` that names each wrong value, at `/starter/parameters/NAME`
 */
export function filesOf(starter: Starter, given: StarterValues = {}): AppFile[] {
  const values = valuesOf(starter, given)
  const written = new Map<string, Buffer>()
  const settings = starter.parameters.filter(({ kind }) => kind !== "data_model")
  if (settings.length > 0)
    written.set(settingsPath, json(Object.fromEntries(settings.map(named(values)))))
  for (const { name, kind } of starter.parameters)
    if (kind === "data_model") written.set(modelPath, modelText(values[name]))
  const files = starter.files.map(({ path, content }) => ({
    path,
    content: written.get(path) ?? content,
  }))
  const missing = [...written].filter(([path]) => !files.some((file) => file.path === path))
  return [...files, ...missing.map(([path, content]) => ({ path, content }))]
}

/**
 * The value of every parameter.
 * @throws `invalid` that names each wrong value, at `/starter/parameters/NAME`
 */
export function valuesOf(starter: Starter, given: StarterValues): StarterValues {
  const wrong = { ...unknownNames(starter, given), ...wrongValues(starter, given) }
  const said = Object.entries(wrong)
  if (said.length > 0)
    throw fault("invalid", {
      say: `${starter.name.en} cannot begin like that. ${said.map(sentence).join(" ")}`,
      fields: wrong,
    })
  const defaults = starter.parameters.map(({ name, default: value }) => [name, value])
  return { ...Object.fromEntries(defaults), ...given }
}

/**
 * Of values that were kept, those that the starter still takes: a newer version of it may have renamed
 * a parameter, or allow less.
 */
export const stillFitting = ({ parameters }: Starter, kept: StarterValues): StarterValues =>
  Object.fromEntries(
    parameters.flatMap((parameter) => {
      const { name } = parameter
      const fits = Object.hasOwn(kept, name) && wrongWith(parameter, kept[name]) === undefined
      return fits ? [[name, kept[name]]] : []
    }),
  )

const pointer = (name: string) =>
  `/starter/parameters/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`
const sentence = ([at, says]: [string, string]) => `${at.split("/").at(-1)}: ${says}`

function unknownNames({ parameters }: Starter, given: StarterValues): Record<string, string> {
  const names = parameters.map(({ name }) => name)
  const unknown = Object.keys(given).filter((name) => !names.includes(name))
  const says = `There is no such parameter; there is ${names.join(", ") || "none"}.`
  return Object.fromEntries(unknown.map((name) => [pointer(name), says]))
}

function wrongValues({ parameters }: Starter, given: StarterValues): Record<string, string> {
  return Object.fromEntries(
    parameters.flatMap((parameter) => {
      if (!Object.hasOwn(given, parameter.name)) return []
      const wrong = wrongWith(parameter, given[parameter.name])
      return wrong ? [[pointer(parameter.name), wrong]] : []
    }),
  )
}

const named =
  (values: StarterValues) =>
  ({ name }: { name: string }) =>
    [name, values[name]] as const
/** Its values were checked. */
const modelText = (value: unknown) => Buffer.from(writeDataModel(dataModel.parse(value)))
const json = (value: unknown) => Buffer.from(`${JSON.stringify(value, null, 2)}\n`)
