import { expect, test } from "vitest"
import { readGoal } from "./read-goal.ts"

// each "child.field > parent" is a reference of the app
test.for([
  [
    "Vet clinic: owners with name and phone; pets with name, birth date, and the owner they belong to; visits with date and price for each pet",
    "pet.owner > owners, visit.pet > pets",
  ],
  ["Owners with name and phone; pets with name that belong to an owner", "pet.owner > owners"],
  [
    "Books with title, isbn, written by an author; authors with name and country; loans with date for a book",
    "book.author > authors, loan.book > books",
  ],
  [
    "I want to track clients with name and email, the projects I do for them and invoices for each project with amount and due date",
    "project.client > clients, invoice.project > projects",
  ],
  [
    "Tools with name and value, borrowers with name and phone, loans (a tool + a borrower) with date",
    "loan.tool > tools, loan.borrower > borrowers",
  ],
  [
    "Books (title, author), borrowers (name, phone), loans (date, due date); each loan is for a book and a borrower",
    "loan.book > books, loan.borrower > borrowers",
  ],
  [
    "Artists with name and country, albums with title and year by an artist, songs with title and length on an album",
    "album.artist > artists, song.album > albums",
  ],
  [
    "Garden beds with name and size, plants with name, sowing date and which bed they are in",
    "plant.bed > garden_beds",
  ],
  [
    "Track projects with name and deadline and tasks with title, due date and done flag. Each task belongs to a project.",
    "task.project > projects",
  ],
  ["Record name, species and weight for each pet", ""],
])("“%s” ties %s", ([goal, ties]) => {
  const { entities } = specOf(goal ?? "")
  const found = entities.flatMap(({ name, fields }) =>
    fields.flatMap((field) => (field.to ? [`${name}.${field.name} > ${field.to}`] : [])),
  )
  expect(found.join(", ")).toBe(ties)
})

test("an author nobody keeps a list of is a text", () => {
  const [book] = specOf("Books with title, isbn, written by an author").entities
  expect(book?.fields.map(({ name, type }) => `${name} ${type}`)).toContain("author text")
})

test("many of one to many of another is named as not kept, and makes no field", () => {
  const spec = specOf(
    "Students with name and class, courses with title and teacher, and students take which courses",
  )
  expect(spec.unsupported.join(" ")).toContain("each with a student and a course")
  expect(JSON.stringify(spec.entities)).not.toContain("take")
})

test("a relation that was not understood is quoted", () => {
  const spec = specOf("Owners with name and phone. Pets with name. Belongs to an owner, mostly?")
  const tied = spec.entities.some(({ fields }) => fields.some(({ to }) => to === "owners"))
  expect(tied || spec.unsupported.join(" ").includes("“Belongs to an owner”")).toBe(true)
})

function specOf(prompt: string) {
  const read = readGoal(prompt)
  if (read.kind === "refusal") throw new Error(read.reason)
  return read.spec
}
