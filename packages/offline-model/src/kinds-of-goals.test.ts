import { expect, test } from "vitest"
import { readGoal } from "./read-goal.ts"

// what a goal keeps and nothing else, each with one of its fields
test.for([
  [
    "For our dive club in Kiel we need:\n- divers – name, certificate, phone\n- dive – diver, date, depth in m\n- tanks (number, size, last test)",
    "diver.certificate, dive.depth, tank.size",
  ],
  [
    "My practice needs owners (name, phone), pets (owner, name, species (cat, dog)) and visits (pet, date, fee).",
    "owner.phone, pet.species, visit.fee",
  ],
  [
    "i want brews = name, style, og and tastings = which brew, date, stars, notes. thats all",
    "brew.og, tasting.stars",
  ],
  [
    "Greenhouse readings\n\nmeasured on\ntemperature °C\nhumidity %\nCO2 ppm\nremarks",
    "greenhouse_reading.co2",
  ],
  ["Ladder register for a school. Tag, location, height m, last inspection", "ladder.height"],
  [
    "Please convert this spreadsheet into a database for our marina:\n\n| Name | Berth | Fee |\n|---|---|---|\n| Anna | 12 | 300 |",
    "boat.berth",
  ],
  [
    "We'd like to see which pills Dad takes. Name, strength, how many times a day, when he started, whether he takes it with water",
    "pill.with_water",
  ],
  [
    "Keep my plants: name, light, watered on. Also a list of windows (name, direction) so I pick the window.",
    "plant.light, window.direction",
  ],
  [
    "I track clients (name, phone). When I visit I want to note the date, the topic, next steps",
    "client.phone, visit.client",
  ],
  ["RUNS STOP EACH RUN DATE STOP MILES STOP SHOES STOP NEWEST ON TOP STOP", "run.miles"],
  ["I collect stamps. Every stamp or cover: country, year, price", "stamp.country"],
  ["I collect stamps. Every single or block: country, year, price", "stamp.country"],
  [
    "Todo app. Fields:\n- title\n- status: open, doing, done\n- priority (low, high)",
    "task.status",
  ],
])("“%s” keeps %s", ([goal, kept]) => {
  const read = readGoal(goal ?? "")
  if (read.kind === "refusal") throw new Error(read.reason)
  const wanted = (kept ?? "").split(", ")
  const fields = read.spec.entities.flatMap((entity) =>
    entity.fields.map(({ name }) => `${entity.name}.${name}`),
  )
  expect(fields).toEqual(expect.arrayContaining(wanted))
  expect(read.spec.entities.map(({ name }) => name)).toEqual(
    wanted.map((each) => each.split(".")[0]),
  )
})

test.for([
  "Books: title, author, year. With friendly greetings, Uwe Krahmer",
  "Books: title, author, year. Regards, M. Okonkwo-Hale",
  "Books: title, author, year\n\nYours sincerely,\nJ. Smith",
])("the sign-off of “%s” is no field", (goal) => {
  const read = readGoal(goal)
  if (read.kind === "refusal") throw new Error(read.reason)
  expect(read.spec.entities[0]?.fields.map(({ name }) => name)).toEqual(["title", "author", "year"])
})

test("somebody who takes a wish back gets no app", () => {
  expect(readGoal("hmm ok never mind, my cat walked over the keyboard").kind).toBe("refusal")
  expect(readGoal("Never mind the old sheet, I want to track bikes: brand, price").kind).toBe("app")
})
