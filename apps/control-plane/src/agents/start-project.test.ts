import { expect, test } from "vitest"
import { nameFrom } from "./start-project.ts"

test.each([
  ["A reading list: books with title, author, pages", "Reading list"],
  ["Please make me an inventory for my workshop", "Workshop inventory"],
  ["I want a plant diary where I note when I watered", "Plant diary"],
  ["Build me a CRM.", "CRM"],
  ["Rezeptsammlung, mit Zutaten", "Rezeptsammlung"],
  ["Manage a small vet clinic with owners and pets", "Vet clinic"],
  ["I run a tiny bakery and want to track orders with customer, cake and pickup date", "Bakery"],
  ["x", "New project"],
  ["...", "New project"],
  ["a".repeat(100), `A${"a".repeat(39)}`],
  ["tracking all the many different things that I have ever bought", "Items"],
])("an app asked for as “%s” is called “%s”", (prompt, name) => {
  expect(nameFrom(prompt)).toBe(name)
})
