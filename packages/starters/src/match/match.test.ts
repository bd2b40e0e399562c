import type { StarterValues } from "@vibecaas/contract/starter-form"
import fc from "fast-check"
import { expect, test } from "vitest"
import { board, bookings } from "../testing/described.ts"
import { makeCatalogue } from "./catalogue.ts"
import { fit } from "./fit.ts"
import { propose } from "./propose.ts"

const catalogue = makeCatalogue([board, bookings])
/** Each clause with what it became, one a line. */
const clausesOf = (prompt: string, starter = board) => {
  const { clauses } = fit(prompt, starter, { language: catalogue.languageOf(prompt) })
  return clauses.map(
    ({ words, by }) =>
      `${words} → ${by.map((each) => ("id" in each ? each.id : each.kind)).join(", ") || "nothing"}`,
  )
}
const valuesOf = (prompt: string, starter = board) =>
  fit(prompt, starter, { language: catalogue.languageOf(prompt) }).parameters

test.each([
  ["a trelo bord for the team", "en", "board"],
  ["Aufgabentafel mit Abstimmung", "de", "board"],
  ["eine Terminbuchungsseite für den Verein", "de", "bookings"],
  ["un tableau kanban avec des votes", "fr", "board"],
  ["reserva de citas para mi peluquería", "es", "bookings"],
])("“%s” is read as %s and answered with %s", (prompt, language, id) => {
  expect(propose(catalogue, prompt)).toMatchObject({ outcome: "choices", language, starters: [id] })
})

test.each([
  ["...", "en", /^Say in a few words/],
  ["hack my neighbour", "en", /harm/],
  ["Was ist ein Kanban-Board?", "de", /Frage/],
  ["un moteur de fusée", "fr", /^Aucun modèle/],
])("“%s” is declined in its language", (prompt, language, reason) => {
  expect(propose(catalogue, prompt)).toEqual({
    ...{ outcome: "declined", language },
    reason: expect.stringMatching(reason),
  })
})

test.each([
  ["write me something that gets into my exs instagram", "en"],
  ["secretly read my girlfriend's whatsapp messages", "en"],
  ["eine App, mit der ich heimlich das Handy meiner Freundin orte", "de"],
  ["entrer dans le compte instagram de mon ex", "fr"],
  ["espiar los mensajes de mi novia", "es"],
])("“%s” is declined, since it gets into what is somebody else's", (prompt) => {
  expect(propose(catalogue, prompt)).toMatchObject({
    ...{ outcome: "declined", reason: expect.stringMatching(/harm|schaden|nuirait|daña/) },
  })
})

test("what only sounds like an intrusion is answered", () => {
  for (const prompt of [
    "a kanban board where my wife and I see messages",
    "get into shape with a kanban board of habits that my friends see on their phones",
    "booking of appointments with my teacher, with a text on her phone",
  ])
    expect(propose(catalogue, prompt)).toMatchObject({ outcome: "choices" })
})

test("a starter that a prompt names first comes before one that it names later", () => {
  const first = (prompt: string) => catalogue.find(prompt, "en")[0]?.starter.id
  expect(first("a trello with reservations")).toBe("board")
  expect(first("reservations with a trello")).toBe("bookings")
})

test("a starter that builds most of a prompt needs no name, and one part is not most", () => {
  expect(propose(catalogue, "for our yearly reunion: voting, drag the cards")).toMatchObject({
    ...{ outcome: "choices", starters: ["board"], clear: false },
  })
  expect(propose(catalogue, "for our yearly reunion in May: voting")).toMatchObject({
    outcome: "declined",
  })
})

test("every clause says what of the starter does it, and what nothing does", () => {
  expect(
    clausesOf(
      "Please build a kanban board for our team, with voting and Gmail sync. You can drag cards",
    ),
  ).toEqual([
    "Please build a kanban board for our team → starter",
    "with voting → votes",
    "Gmail sync → nothing",
    "You can drag cards → drag",
  ])
})

test("a wish in front of the app's name, about who may use it, or to leave something out is not built", () => {
  expect(clausesOf("encrypted kanban board")).toEqual([
    "encrypted → nothing",
    "kanban board → starter",
  ])
  expect(clausesOf("a kanban board for recipes")).toEqual([
    "a kanban board for → starter",
    "recipes → nothing",
  ])
  expect(clausesOf("kanban board only for members")).toEqual([
    "kanban board → starter",
    "only for members → nothing",
  ])
  expect(clausesOf("kanban board without moving cards")).toEqual([
    "kanban board → starter",
    "without moving cards → nothing",
  ])
})

test.each([
  [
    "kanban board, 3 columns: Ideas, In progress and Done and you can drag cards",
    board,
    { columns: ["Ideas", "In progress", "Done"] },
  ],
  [
    "Kanban-Board mit den Spalten Offen, In Arbeit, Fertig.",
    board,
    { columns: ["Offen", "In Arbeit", "Fertig"] },
  ],
  ["a board with named columns (open, doing, done)", board, { columns: ["open", "doing", "done"] }],
  [
    "a board with columns team (open, done) and votes",
    board,
    { columns: ["open", "done"], votes: true },
  ],
  ["Spalten: Offen, Fertig und ein Kalender", board, { columns: ["Offen", "Fertig"] }],
  ["Kanban-Board mit Spalten und sehen wer online ist, Kalender", board, {}],
  ["a board called Garden Club without votes", board, { title: "Garden Club", votes: false }],
  ["board “Tea & more”, color #00aa77", board, { title: "Tea & more", accent: "#00aa77" }],
  ["Board mit grüner Akzentfarbe", board, {}],
  ["a board with a green accent", board, { accent: "#16a34a" }],
  [
    "booking with 45 minute slots, 19 % VAT in euros",
    bookings,
    { slotMinutes: 45, taxRate: 19, currency: "EUR" },
  ],
  [
    "Termine zu 20 Minuten, MwSt: 7,5 %, CHF",
    bookings,
    { slotMinutes: 20, taxRate: 7.5, currency: "CHF" },
  ],
  ["booking with 900 minute slots", bookings, {}],
])("of “%s” the values are read that it says outright", (prompt, starter, values) => {
  expect(valuesOf(prompt, starter)).toEqual(values)
})

test("a new app speaks as its prompt does, or as that says, and one that is there keeps its language", () => {
  const label = { en: "German", de: "Deutsch", fr: "Allemand", es: "Alemán" }
  const english = { en: "English", de: "Englisch", fr: "Anglais", es: "Inglés" }
  const speaking = {
    ...board,
    parameters: [
      {
        ...{ name: "language", kind: "choice" as const, reads: "language" as const },
        ...{ label: english, default: "en" },
        choices: [
          { value: "de", label },
          { value: "en", label: english },
        ],
        words: { en: ["in"], de: ["auf"], fr: ["en"], es: ["en"] },
      },
    ],
  }
  const languageOf = (prompt: string, now?: StarterValues) =>
    fit(prompt, speaking, { language: catalogue.languageOf(prompt), now }).parameters.language
  expect(languageOf("eine Aufgabentafel für den Verein")).toBe("de")
  expect(languageOf("a kanban board in German")).toBe("de")
  expect(languageOf("un tableau kanban")).toBeUndefined()
  expect(languageOf("eine Abstimmung dazu", { language: "en" })).toBeUndefined()
})

test("clauses and filler hold every word of any prompt, letter by letter", () => {
  const word = fc.constantFrom(
    ...[
      "kanban",
      "board",
      "for",
      "und",
      "mit",
      "votes",
      "Gmail",
      "ohne",
      "l'équipe",
      "19 %",
      "nur",
    ],
    ...["columns:", "A, B", "\n", "“Tea”", ".", "called", "no", "x", "#00aa77", "w/", "7,5", "😀"],
  )
  fc.assert(
    fc.property(
      fc.array(word, { maxLength: 14 }),
      fc.constantFrom(board, bookings),
      (list, starter) => {
        const prompt = list.join(" ")
        const { clauses, filler } = fit(prompt, starter, { language: catalogue.languageOf(prompt) })
        const passages = [...clauses.map(({ words }) => words), ...filler]
        const squeezed = prompt.replaceAll(/\s+/g, " ")
        expect(passages.filter((each) => !squeezed.includes(each))).toEqual([])
        const said = passages.flatMap((each) => each.match(/[\p{L}\p{N}]+/gu) ?? [])
        expect(new Set(said)).toEqual(new Set(prompt.match(/[\p{L}\p{N}]+/gu) ?? []))
      },
    ),
  )
})
