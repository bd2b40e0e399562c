import { expect, test } from "vitest"
import { readGoal } from "./read-goal.ts"

// what a goal keeps, as "entity: field type, …"
test.for([
  [
    "For every flat the address and rent, for every tenant full name, phone and the flat he's in",
    "flat: address text, rent money",
  ],
  ["For every application I need the company, position, salary", "application: company text, "],
  [
    "Yarn = brand, name, metres per skein. Needle = size in mm, material, brand",
    "yarn: brand text",
  ],
  ["I want to put in my expenses: date, supplier, amount", "expense: date date, supplier text"],
  ["Somewhere to keep track of my fountain pens", "fountain_pen: name text"],
  ["NPCs: name, race, occupation, secret", "npc: name text"],
  ["Water tests: date, nitrate (mg/l), home/away, left or right arm", "nitrate decimal"],
  ["Water tests: date, home/away, left or right arm", "home_away choice, arm choice"],
  [
    "Brews: style, brew day, OG, would brew again",
    "brew_day date, og decimal, would_brew_again flag",
  ],
  ["Catches: species, date and clock, bait, weight in gram", "date_and_clock datetime"],
])("“%s” keeps %s", ([goal, kept]) => {
  const read = readGoal(goal ?? "")
  if (read.kind === "refusal") throw new Error(read.reason)
  const found = read.spec.entities
    .map(({ name, fields }) => `${name}: ${fields.map((f) => `${f.name} ${f.type}`).join(", ")}`)
    .join("; ")
  expect(
    kept?.split("|").some((one) => found.includes(one)),
    found,
  ).toBe(true)
})

test("what members are to do is no field but named as not built", () => {
  const read = readGoal(
    "Bookings: name, class, date. And the students should make the payment online by card.",
  )
  if (read.kind === "refusal") throw new Error(read.reason)
  expect(JSON.stringify(read.spec.entities)).not.toContain("payment")
  expect(read.spec.unsupported.join(" ")).toContain("No payments are taken")
})
