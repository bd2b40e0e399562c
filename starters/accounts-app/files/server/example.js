// Somebody's notes, to look at before there is an account. Nothing of it is kept.

const words = [
  [
    1,
    "Recipe: lentils",
    "Onion, carrot, bay leaf. Simmer 25 minutes, salt late. Vinegar at the end.",
  ],
  [1, "Saturday market", "Basil, two lemons, the good olives.\nAsk about the sourdough starter."],
  [0, "", "Call Jonas about the bikes before Thursday."],
  [
    ...[0, "Idea for the hallway"],
    "A shelf at eye height, as deep as a hand, all the way to the door. Hooks below for bags. Paint the wall behind it in the green of the tiles, so that it reads as one piece.",
  ],
  [0, "Book list", "The Left Hand of Darkness\nPiranesi\nThe Summer Book\nStoner"],
  [
    0,
    "Words to remember",
    "Petrichor: the smell of rain on dry ground.\nSonder: that everybody has a life as full as one's own.",
  ],
]

/** What the page of notes shows of them. */
export function exampleView() {
  const notes = words.map(([pinned, title, text], at) => ({
    ...{
      id: at + 1,
      pinned,
      title,
      text,
      changed_at: `2026-05-${String(14 - at).padStart(2, "0")}T09:00:00Z`,
    },
  }))
  return { search: "", notes, count: notes.length, example: true }
}
