import { expect, test } from "vitest"
import { readGoal } from "./read-goal.ts"

test.for([
  ["A reading list: books with title, author, pages and a finished flag", "Reading list"],
  ["A wine cellar: bottles with name, vintage, region and rating", "Wine cellar"],
  ["Vet clinic: owners with name and phone; pets with name and species", "Vet clinic"],
  ["Board game shelf: title, min players, max players, play time", "Board game shelf"],
  ["Tool lending: tools with name and value, loans with date", "Tool lending"],
  ["I run a tiny bakery and want to track orders with customer, cake, pickup date", "Bakery"],
  ["Keep a list of the books I have read with title, author, stars", "Books"],
  ["Owners: name, phone. Pets: name, species, birth date", "Owners, Pets"],
  ["My sister bakes cakes. Orders with customer, phone, cake flavour, size", "Orders"],
  ["For every dog I want to store its name, breed and weight in kg", "Dogs"],
  ["A list of the books I have read with title, author, stars", "Book list"],
  ["Films with title and year. Call it something. The app is called Reel Time", "Reel Time"],
])("“%s” is called “%s”", ([goal, title]) => {
  const read = readGoal(goal ?? "")
  expect(read.kind === "app" && read.spec.name).toBe(title)
})
