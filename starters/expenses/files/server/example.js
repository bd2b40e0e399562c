// A book of a few days, to look at before there is one's own. Nothing of it is kept.

/** what for, how much in whole units, who pays, among how many, which day of May, which category */
const rows = [
  ["Fado tickets", 80, 3, 3, 16, 3],
  ["Dinner at the harbour", 96.4, 2, 4, 15, 0],
  ["Train to Sintra", 27, 1, 3, 15, 1],
  ["Apartment, three nights", 412.5, 0, 4, 14, 2],
]

/** The app with a book of its own. */
export function exampleOf(app) {
  const { people, categories } = app.settings
  const group = people.slice(0, 4)
  const unit = 10 ** app.money.digits
  const entries = rows.map(([title, amount, paying, among, day, category], at) => ({
    ...{ id: rows.length - at, kind: "expense", title, version: 1 },
    amount: Math.round(amount * unit),
    paidBy: group[paying % group.length],
    parts: Object.fromEntries(group.slice(0, among).map((person) => [person, 1])),
    category: categories[category] ?? "",
    day: `2026-05-${day}`,
  }))
  return { ...app, book: { all: () => entries } }
}
