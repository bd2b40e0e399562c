/** Two starters without a folder, for tests: a board and a booking page. */
import type { Starter } from "../starter.ts"

const words = (en: string, de = "", fr = "", es = "") => {
  const list = (line: string) => (line === "" ? [] : line.split(", "))
  return { en: list(en), de: list(de), fr: list(fr), es: list(es) }
}
const all = (en: string, de = en, fr = en, es = en) => ({ en, de, fr, es })

const app = (name: string): Pick<Starter, "files" | "pictures" | "description" | "stack"> => ({
  description: "A small app for tests.",
  stack: "node",
  files: Object.entries({
    "package.json": JSON.stringify({ name, type: "module" }),
    "settings.json": "{}",
  }).map(([path, content]) => ({ path, content: Buffer.from(content) })),
  pictures: { light: undefined, dark: undefined },
})

export const board: Starter = {
  ...app("board"),
  id: "board",
  category: "productivity",
  name: all("Live board", "Live-Board", "Tableau en direct", "Tablero en vivo"),
  summary: all("Cards in columns that everybody moves at once."),
  tags: ["kanban", "team"],
  words: words(
    "kanban board, trello, task board",
    "kanban-board, aufgabentafel",
    "tableau kanban",
    "tablero kanban",
  ),
  includes: [
    {
      id: "drag",
      says: all("Cards are moved between columns", "Karten werden zwischen Spalten bewegt"),
      words: words(
        "drag cards, drag and drop, move cards",
        "karten verschieben",
        "glisser",
        "arrastrar",
      ),
    },
    {
      id: "votes",
      says: all("Cards can be voted for", "Für Karten wird abgestimmt"),
      words: words("vote, votes", "abstimmen, abstimmung", "votes, voter", "votos, votar"),
    },
  ],
  parameters: [
    {
      ...{ name: "title", label: all("Title", "Titel"), kind: "text", default: "Board", max: 60 },
      words: words("called, named", "namens", "appelé", "llamado"),
    },
    {
      ...{ name: "columns", label: all("Columns", "Spalten"), kind: "list", default: ["To do"] },
      ...{ max: 8, itemMax: 30, words: words("columns", "spalten", "colonnes", "columnas") },
    },
    {
      ...{ name: "votes", label: all("Votes"), kind: "flag", default: true },
      words: words("votes, voting", "abstimmung", "votes", "votos"),
    },
    {
      ...{ name: "accent", label: all("Accent"), kind: "color", default: "#1d4ed8" },
      words: words("color, accent", "farbe, akzentfarbe", "couleur", "color"),
    },
  ],
}

export const bookings: Starter = {
  ...app("bookings"),
  id: "bookings",
  category: "commerce",
  name: all("Bookings", "Termine", "Réservations", "Reservas"),
  summary: all("Time slots that people book by themselves."),
  tags: ["calendar", "appointments"],
  words: words(
    "booking app, appointments, reservations",
    "terminbuchung, termine buchen",
    "réservation, rendez-vous",
    "reserva, citas",
  ),
  includes: [
    {
      id: "waitlist",
      says: all("A waiting list moves up", "Eine Warteliste rückt nach"),
      words: words("waiting list, waitlist", "warteliste", "liste d'attente", "lista de espera"),
    },
  ],
  parameters: [
    {
      ...{ name: "slotMinutes", label: all("Minutes of a slot"), kind: "number", default: 30 },
      ...{ min: 5, max: 480 },
      words: words("minute slots, minutes, minute appointments", "minuten", "minutes", "minutos"),
    },
    {
      ...{ name: "taxRate", label: all("Tax rate"), kind: "number", default: 0, min: 0, max: 30 },
      words: words("tax, vat", "mwst, steuer", "tva", "iva"),
    },
    {
      ...{ name: "currency", label: all("Currency"), kind: "choice", default: "USD" },
      choices: ["EUR", "USD", "CHF"].map((value) => ({ value, label: all(value) })),
      words: words("currency", "währung", "devise", "moneda"),
    },
  ],
}
