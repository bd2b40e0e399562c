import { fileURLToPath } from "node:url"
import type { DataModel } from "@vibecaas/contract/data-model"
import { problemsOf } from "@vibecaas/contract/data-model-rules"
import { expect, test } from "vitest"
import { readStarters } from "../../read-starters.ts"
import { makeCatalogue } from "../catalogue.ts"
import { fit } from "../fit.ts"
import { propose } from "../propose.ts"

const folder = fileURLToPath(new URL("../../../../../starters", import.meta.url))
const catalogue = makeCatalogue(await readStarters(folder))
const keeper = catalogue.starter("record-keeper") ?? expect.unreachable()

/** "Visitors: Name text, …" of the one list that a prompt leads to, with the clauses that are built. */
function madeOf(prompt: string) {
  const { parameters, clauses } = fit(prompt, keeper, { language: catalogue.languageOf(prompt) })
  const model = parameters.model as DataModel // the record keeper reads models only
  expect(problemsOf(model)).toEqual([])
  const [list] = model.entities
  const fields = list?.fields.map(({ label, type, choices }) =>
    [label, choices?.join("/") ?? type].join(" "),
  )
  const built = clauses.filter(({ by }) => by.some(({ kind }) => kind === "parameter"))
  return {
    ...{ name: model.name, list: list?.labelPlural, fields },
    built: built.map(({ words }) => words),
  }
}

test.each([
  [
    "guest list for our summer party, people put their name, yes or no, how many they bring and allergies",
    ["Name text", "Yes or no Yes/No", "How many they bring whole_number", "Allergies text"],
  ],
  [
    "petites annonces du quartier, titre prix téléphone",
    ["Titre text", "Prix money", "Téléphone phone"],
  ],
  [
    "Schlüsselbrett: wer hat welchen Schlüssel, seit wann, zurückgegeben ja/nein",
    ["Wer text", "Welchen Schlüssel text", "Seit wann date", "Zurückgegeben flag"],
  ],
  [
    "libros perdidos en el colegio: quién, qué, fecha, devuelto o no",
    ["Quién text", "Qué text", "Fecha date", "Devuelto flag"],
  ],
  [
    "medidas del huerto: fecha, valor y si fue antes del riego o después del riego",
    [
      "Fecha date",
      "Valor decimal",
      "Antes del riego o después del riego Antes del riego/Después del riego",
    ],
  ],
  [
    "Kuchenbasar der Schule, jeder trägt sich ein mit Name und was er mitbringt, Torte Muffins oder Obst",
    ["Name text", "Was er mitbringt text", "Art Torte/Muffins/Obst"],
  ],
  [
    "time sheet for my team (Kim, Lou, Max): date, start, end",
    ["Name Kim/Lou/Max", "Date date", "Start text", "End text"],
  ],
  [
    "things to give away in our street: title, photo, pick up address, mark as taken",
    ["Title text", "Pick up address text", "Taken flag"],
  ],
  [
    "feedback form: rating 1-5, what was good, what was bad. average rating",
    ["Rating rating", "What was good text", "What was bad text"],
  ],
  ["trip log: date, from, to, km", ["Date date", "From text", "To text", "Km decimal"]],
  ["ma cave : nom, année, note sur 5", ["Nom text", "Année whole_number", "Note rating"]],
  ["i want to jot down which route i cycled when", ["Which route i cycled text", "When date"]],
  ["jede schreibt rein was sie kocht", ["Name text", "Was sie kocht text"]],
  ["I want to log km and min each time I run", ["Date date", "Km decimal", "Min decimal"]],
  [
    "je veux noter chaque matin combien j'ai dormi et à quelle heure",
    ["Date date", "Combien j'ai dormi decimal", "Quelle heure time"],
  ],
  [
    "cada alumno anota que cuento leyo y del 1 al 5 cuanto le gusto",
    ["Nombre text", "Que cuento leyo text", "Cuanto le gusto rating"],
  ],
  [
    "repairs - whats wrong, which flat, size small, medium or large. i move it to new, ordered or done",
    ["Whats wrong text", "Which flat text", "Size Small/Medium/Large", "Status New/Ordered/Done"],
  ],
  [
    "directorio del pueblo, nombre servicio y teléfono",
    ["Nombre text", "Servicio text", "Teléfono phone"],
  ],
])("fields are read as people say them: “%s”", (prompt, fields) => {
  expect(madeOf(prompt).fields).toEqual(fields)
  expect(propose(catalogue, prompt)).toHaveProperty("starters.0", "record-keeper")
})

test.each([
  "club members with name and phone, send everyone a text before each match",
  "Bestand: Name, Menge, Stunden pro Woche zusammengerechnet",
  "covoiturage: jour, heure, si c'est complet on ne peut plus s'inscrire",
  "catálogo con nombre y precio, carrito",
])("what a wish says by the way is no field: “%s”", (prompt) => {
  const { fields = [] } = madeOf(prompt)
  expect(fields.length).toBeLessThanOrEqual(2)
})

test("an app is called by the prompt's first words, and its list by the thing", () => {
  const made = madeOf("petites annonces pour le village de Sorède, titre prix téléphone")
  expect(made).toMatchObject({
    ...{ name: "Petites annonces pour le village de Sorède", list: "Petites annonces" },
    built: ["titre", "prix", "téléphone"],
  })
  expect(madeOf("visitor book for our front desk: name, company")).toMatchObject({
    ...{ name: "Visitor book for our front desk", list: "Visitor book" },
  })
})

test("when something began and ended is kept, and not said to be built: nothing works out how long it was", () => {
  const { fields, built } = madeOf("time sheet for my team (Kim, Lou, Max): date, start, end")
  expect(fields).toContain("Start text")
  expect(built).toEqual(["Kim, Lou, Max", "date"])
})
