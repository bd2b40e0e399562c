import { expect, test } from "vitest"
import { firstWords } from "./start-project.ts"

test.each([
  ["A reading list: books with title, author, pages", "Reading list"],
  ["Please make me an inventory for my workshop", "Inventory for my workshop"],
  ["I want a plant diary where I note when I watered", "Plant diary"],
  ["Build me a CRM.", "CRM"],
  ["Rezeptsammlung, mit Zutaten", "Rezeptsammlung"],
  ["Manage a small vet clinic with owners and pets", "Manage a small vet clinic"],
  ["I run a tiny bakery and want to track orders", "I run a tiny bakery and want"],
  ["x", "New project"],
  ["...", "New project"],
  ["a".repeat(100), `A${"a".repeat(39)}`],
])("until it is planned, an app asked for as “%s” is called “%s”", (prompt, name) => {
  expect(firstWords(prompt)).toBe(name)
})
