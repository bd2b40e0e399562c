/** A starter of few files in a folder of starters of its own, for tests. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"

const all = (text: string) => ({ en: text, de: text, fr: text, es: text })
const words = { en: ["toy"], de: [], fr: [], es: [] }

/** A data model of one list. */
export const toyModel = (labelPlural: string) => ({
  ...{ version: 1, name: "Toy", unsupported: [] },
  entities: [
    {
      ...{ name: "thing", plural: "things", label: "Thing", labelPlural, filters: [] },
      fields: [{ name: "name", label: "Name", type: "text", required: true }],
    },
  ],
})

/** `starter.json` with a parameter of every kind. */
export const toyStarter = {
  id: "toy",
  name: all("Toy"),
  summary: all("Says its title."),
  description: "A page that says its title. It keeps nothing.",
  category: "start",
  stack: "node",
  tags: ["toy"],
  words,
  includes: [{ id: "title", says: all("Says its title"), words }],
  parameters: [
    { name: "title", label: all("Title"), kind: "text", default: "Toy", max: 20, words },
    { name: "about", label: all("About"), kind: "long_text", default: "", words },
    { name: "size", label: all("Size"), kind: "number", default: 3, min: 1, max: 9, words },
    {
      ...{ name: "shape", label: all("Shape"), kind: "choice", default: "round", words },
      choices: [
        { value: "round", label: all("Round") },
        { value: "square", label: all("Square") },
      ],
    },
    { name: "shown", label: all("Shown"), kind: "flag", default: true, words },
    { name: "accent", label: all("Accent"), kind: "color", default: "#1d4ed8", words },
    { name: "lines", label: all("Lines"), kind: "list", default: ["one"], max: 3, words },
    { name: "model", label: all("Model"), kind: "data_model", default: toyModel("Books"), words },
  ],
}

export interface ToyFolder extends Disposable {
  /** the folder of starters */
  folder: string
  write(path: string, content: string): void
}

/** @param changes take the place of what `starter.json` says */
export function toyFolder(changes: object = {}): ToyFolder {
  const folder = mkdtempSync(join(tmpdir(), "starters-"))
  const write = (path: string, content: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  write("toy/starter.json", JSON.stringify({ ...toyStarter, ...changes }))
  write("toy/files/package.json", `{"scripts":{"start":"node server.js"}}`)
  write("toy/files/settings.json", "{}")
  write("toy/files/server.js", "")
  return { folder, write, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) }
}
