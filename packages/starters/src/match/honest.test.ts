import { resolve } from "node:path"
import { expect, test } from "vitest"
import { readStarters } from "../read-starters.ts"
import { makeCatalogue } from "./catalogue.ts"
import { fit } from "./fit.ts"
import { propose } from "./propose.ts"

const folder = resolve(import.meta.dirname, "../../../../starters")
const catalogue = makeCatalogue(await readStarters(folder))

/** What a starter makes of a prompt: each clause that it builds with what does it, and the others. */
function madeOf(prompt: string, id: string) {
  const starter = catalogue.starter(id) ?? expect.unreachable()
  const { clauses, parameters } = fit(prompt, starter, { language: catalogue.languageOf(prompt) })
  const by = ({ by: all }: (typeof clauses)[number]) =>
    all.map((each) => ("id" in each ? each.id : each.kind)).join(", ")
  return {
    parameters,
    built: clauses
      .filter((each) => each.by.length > 0)
      .map((each) => `${each.words} → ${by(each)}`),
    open: clauses.filter((each) => each.by.length === 0).map(({ words }) => words),
  }
}
const firstOf = (prompt: string) => {
  const proposed = propose(catalogue, prompt)
  return proposed.outcome === "choices" ? proposed.starters[0] : "declined"
}

test.each([
  ["landing page for my pottery course, price $49, sign up form", ["| $49"]],
  ["Landingpage für meinen Töpferkurs, Preis: 12 € pro Stunde", ["| 12 € / Stunde"]],
  [
    "site vitrine pour mon cabinet, consultation 50 €, horaires lun-ven 9h-18h",
    ["consultation | 50 €"],
  ],
  ["landing para mi curso de cerámica, precio 49€ y preguntas", ["| 49€"]],
  ["landing page, prices (drop in $18, monthly $120)", ["drop in | $18", "monthly | $120"]],
  [
    "Landingpage mit Tarifen: Basis ab 9 €, Pro 19 € / Monat",
    ["Basis | ab 9 €", "Pro | 19 € / Monat"],
  ],
  ["una web para mi peluquería: corte 15€, tinte 40€", ["corte | 15€", "tinte | 40€"]],
])("the prices of “%s” are read with what they are for", (prompt, plans) => {
  const { parameters, open } = madeOf(prompt, "landing-page")
  expect(parameters.plans).toEqual(plans)
  expect(open.filter((words) => /\d+ ?[€$]|[€$]\d/.test(words))).toEqual([])
})

test.each([
  ["landing page with a budget of 500 €", "with a budget of 500 €"],
  ["landing page, 1 €, 2 €, 3 €, 4 €, 5 € a piece", "1 €"],
  ["kanban board where each card costs 3 €", "where each card costs 3 €"],
])("an amount that no setting takes is not built: “%s”", (prompt, words) => {
  const id = prompt.startsWith("kanban") ? "live-board" : "landing-page"
  expect(madeOf(prompt, id)).toMatchObject({ open: expect.arrayContaining([words]) })
})

test.each([
  ["a poll with results every Monday", "poll", "with results every Monday"],
  ["quiz with 10 questions", "poll", "with 10 questions"],
  ["photo gallery, password protected", "photo-wall", "password protected"],
  [
    "link shortener with a password for each link",
    "url-shortener",
    "with a password for each link",
  ],
  ["breakout game with multiplayer", "canvas-game", "with multiplayer"],
  ["chat with search of “deleted messages” by Anna", "chat", "by Anna"],
  ["reservas, mesas de 4", "bookings", "mesas de 4"],
  ["chat with rooms for each class, moderation and files", "chat", "with rooms for each class"],
  ["photo wall with location", "photo-wall", "with location"],
  ["notes app with encryption", "accounts-app", "with encryption"],
  ["blog, readers subscribe", "blog", "readers subscribe"],
  ["habit tracker, tick off 5 habits", "habit-tracker", "5"],
])("what “%s” says beyond what %s does is not built", (prompt, id, words) => {
  expect(madeOf(prompt, id).open.join(" | ")).toContain(words)
})

test.each([
  ["landing page for my guitar course", "Guitar course"],
  ["Website für unseren Chor in Bern, mit Kontaktformular", "Chor in Bern"],
  ["site vitrine pour mon travail de photographe", "Travail de photographe"],
  ["página de ventas para mi curso de guitarra", "Curso de guitarra"],
  ["homepage about my cat", "Cat"],
])("what a page is for is its headline: “%s”", (prompt, tagline) => {
  expect(madeOf(prompt, "landing-page")).toMatchObject({ parameters: { tagline }, open: [] })
})

test("a name is the page's, what it is for its headline, and what is done for somebody is neither", () => {
  const { parameters, built } = madeOf(
    "landing page for my yoga studio “Still Water”",
    "landing-page",
  )
  expect(parameters).toMatchObject({ product_name: "Still Water", tagline: "Yoga studio" })
  expect(built).toEqual([
    "landing page → starter",
    "for my yoga studio → tagline",
    "“Still Water” → product_name",
  ])
  expect(madeOf("landing page for collecting emails", "landing-page").parameters).toEqual({
    language: "en",
  })
})

test("a page of something else has none of the example's texts but those that are asked for, in its language", () => {
  const { parameters } = madeOf("Website für meinen Töpferkurs, mit FAQ", "landing-page")
  expect(parameters).toEqual({
    ...{ language: "de", product_name: "Töpferkurs", tagline: "Töpferkurs" },
    ...{ description: "", features: [], plans: [], opening_hours: [], address: "" },
    call_to_action: "Auf die Liste",
    privacy_note: expect.stringMatching(/^Wir schreiben Ihnen nur über \{name\}/),
  })
  const now = { language: "de", product_name: "Krümel", features: ["Brot"] }
  const starter = catalogue.starter("landing-page") ?? expect.unreachable()
  const changed = fit("Slogan “Warm am Morgen”", starter, { language: "de", now }).parameters
  expect(changed).toEqual({ tagline: "Warm am Morgen" })
})

test.each([
  ["kanban board for our small team", []],
  ["Kanban-Board für den Ruderverein", []],
  ["kanban board for our wedding", ["for our wedding"]],
  ["kanban board for our team of robots", ["robots"]],
  ["Kanban-Board für meine Rezepte", ["für meine Rezepte"]],
  ["un tablero kanban para mi equipo", []],
  ["un tablero kanban para mis recetas", ["para mis recetas"]],
])("who has a board belongs to it, and what it is about does not: “%s”", (prompt, open) => {
  expect(madeOf(prompt, "live-board").open).toEqual(open)
})

test.each([
  ["csv dashboard with a chart by region", "region"],
  ["Tabelle hochladen, Diagramm nach Kategorie", "Kategorie"],
  ["tableau de bord csv, graphique par produit", "produit"],
  ["panel csv con gráfico por categoría", "categoría"],
])("a chart of a file is by the column that “%s” names", (prompt, groupBy) => {
  expect(firstOf(prompt)).toBe("csv-dashboard")
  expect(madeOf(prompt, "csv-dashboard").parameters).toEqual({ groupBy })
})

test.each([
  "shared expenses with a chart by category",
  "gemeinsame Ausgaben mit Diagramm nach Kategorie",
  "dépenses partagées avec graphique par catégorie",
  "gastos compartidos con gráfico por categoría",
])("expenses have a chart by category, and by nothing else: “%s”", (prompt) => {
  expect(madeOf(prompt, "expenses").open).toEqual([])
  expect(madeOf("shared expenses with a chart by month", "expenses").open).toEqual([
    "with a chart by month",
  ])
})

test("a chart by month is the line over time, and charts of what nobody uploads are no file's", () => {
  expect(madeOf("csv dashboard with a chart by month", "csv-dashboard")).toMatchObject({
    ...{ parameters: {}, built: ["csv dashboard → starter", "with a chart by month → line"] },
  })
  for (const prompt of [
    "Haushaltsbuch mit Einnahmen und Ausgaben, Diagramm nach Kategorie",
    "bar chart of my moods",
  ])
    expect(propose(catalogue, prompt)).not.toMatchObject({
      starters: expect.arrayContaining(["csv-dashboard"]),
    })
})

test.each([
  "book real flights and pay them with my credit card",
  "Rechnungen automatisch von meinem Konto bezahlen",
  "réserver des billets SNCF",
  "transferencias desde mi cuenta de BBVA",
  "control my smart lights from the web",
])(
  "what only others' services or devices do is declined, also where it names a starter: “%s”",
  (prompt) => {
    expect(propose(catalogue, prompt)).toMatchObject({
      ...{
        outcome: "declined",
        reason: expect.stringMatching(/outside|von außen|extérieur|de fuera/),
      },
    })
  },
)

test.each([
  "live stock prices of apple and tesla",
  "eine App, die meine Gedanken liest",
  "my bill is too high",
  "mon chat est noir",
  "gta 6 clone with multiplayer open world",
])("“%s” asks for none of the starters, and is declined", (prompt) => {
  expect(firstOf(prompt)).toBe("declined")
})

test("what reaches outside in a later wish is not built, and the rest is proposed", () => {
  for (const [prompt, id] of [
    ["booking page that sends sms to my phone", "bookings"],
    ["invoices, paid with paypal", "invoices"],
    ["my idea is a chat app", "chat"],
  ] as const)
    expect(firstOf(prompt)).toBe(id)
})

test("who would use an app does not name it, the parts of a site are no fields, and one of several is a choice", () => {
  expect(firstOf("website for my restaurant with menu, opening hours mon-fri 11-22, address")).toBe(
    "landing-page",
  )
  expect(firstOf("site pour mon salon de coiffure, horaires mar-sam 9h-18h")).toBe("landing-page")
  expect(firstOf("eine Seite für meine Tischlerei mit Fotos und Kontakt")).toBe("landing-page")
  expect(firstOf("a page where my students vote")).toBe("poll")
  expect(firstOf("class schedule monday to friday")).toBe("record-keeper")
  expect(firstOf("password generator with 16 characters")).toBe("declined")
  expect(firstOf("encuesta sobre el viaje: playa, montaña o ciudad")).toBe("poll")
  expect(
    madeOf("which day? Friday or Saturday, closes at noon", "poll").parameters.questions,
  ).toEqual(["Which day? | Friday | Saturday"])
})
