import { fileURLToPath } from "node:url"
import type { DataModel } from "@vibecaas/contract/data-model"
import { expect, test } from "vitest"
import { readStarters } from "../../read-starters.ts"
import { makeCatalogue } from "../catalogue.ts"
import { fit } from "../fit.ts"

const folder = fileURLToPath(new URL("../../../../../starters", import.meta.url))
const catalogue = makeCatalogue(await readStarters(folder))
const keeper = catalogue.starter("record-keeper") ?? expect.unreachable()

/** The one list that a prompt leads to, with the clauses that are built. */
function listOf(prompt: string) {
  const { parameters, clauses } = fit(prompt, keeper, { language: catalogue.languageOf(prompt) })
  const [list] = (parameters.model as DataModel).entities // the record keeper reads models only
  const built = clauses.filter(({ by }) => by.length > 0).map(({ words }) => words)
  return { list: list ?? expect.unreachable(), built }
}

test.each([
  ["parcels: name, arrived date, oldest at the top", "arrived_date", "asc"],
  ["Pakete: Name, Datum, neueste oben", "datum", "desc"],
  ["les colis : nom, poids, les plus lourds et le plus en haut", "poids", "desc"],
  ["lista de socios con nombre y teléfono, alfabético", "nombre", "asc"],
  ["Werkzeuge: Name, Regal, Preis. sortiert nach Regal", "regal", "asc"],
  ["les plantes : nom, prix. triées par prix", "prix", "asc"],
])("a list is in the order that is asked for: “%s”", (prompt, field, direction) => {
  expect(listOf(prompt).list.sort).toEqual({ field, direction })
})

test("who waits longest is first by a day that is today's where nobody says another", () => {
  const { list, built } = listOf("queue for a kitten, name and phone, longest wait first")
  expect(list.sort).toEqual({ field: "date", direction: "asc" })
  expect(list.fields.at(-1)).toMatchObject({ type: "date", default: "today" })
  expect(built).toContain("longest wait first")
})

test("what only its owner may see is for nobody else", () => {
  const { list } = listOf("Schlaftagebuch: Datum, Stunden, nur ich darf es sehen")
  expect(list.access).toEqual({ read: "owner", write: "owner" })
  expect(listOf("sleep log: date, hours, no login").list.access).toBeUndefined()
})

test("what people log in for is for people with an account, and no account is said to be none", () => {
  const { list, built } = listOf("reading list: title, author. my students log in")
  expect(list.access).toEqual({ read: "signed_in", write: "signed_in" })
  expect(built).toContain("my students log in")
  expect(listOf("carnet : titre, auteur. chacun se connecte").list.access?.read).toBe("signed_in")
  expect(listOf("sign-up sheet: name, phone. people sign up here").list.access).toBeUndefined()
})

test("what is ticked off has a mark, and words about more are not built by it", () => {
  const plain = listOf("packing list: item, weight. i tick them off")
  expect(plain.list.fields.at(-1)).toMatchObject({ type: "flag", closes: true })
  expect(plain.built).toContain("i tick them off")
  expect(listOf("packing list: item, weight. tick off the hotel by mail").built).not.toContain(
    "tick off the hotel by mail",
  )
})
