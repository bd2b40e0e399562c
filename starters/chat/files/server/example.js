// A morning in a room, to look at before anybody has said something. Nothing of it is kept.

const people = ["Mira", "Jonas", "Ada", "Tomasz"]
const words = [
  [1, "Morning! Who brings the cables on Saturday?"],
  [1, "I can take the long ones: https://example.org/list"],
  [2, "I have two spare ones.\nAnd a projector, if somebody can pick it up."],
  [4, "I pass by yours at nine anyway."],
  [3, "Perfect, then we have everything. See you there!"],
]

/** What a page shows of the first room on that morning, as Ada sees it. */
export function exampleView({ rooms, settings }) {
  const [room] = rooms
  const most = settings.messageLength
  const messages = words.map(([person, text], at) => ({
    ...{ id: at + 1, room: room.slug, person, name: people[person - 1], text: text.slice(0, most) },
    at: `2026-05-04T08:${String(12 + at * 4).padStart(2, "0")}:00Z`,
  }))
  const present = { people: people.map((name, at) => ({ id: at + 1, name })), guests: 1 }
  return { room, messages, present, more: false, person: { id: 3, name: "Ada" }, example: true }
}
