import { describe, expect, test } from "vitest"
import { findBrowser } from "../../e2e/src/find-browser.ts"
import type { Step } from "./step.ts"
import { notes, privateNotes, shoppingList } from "./testing/list-apps.ts"
import { board, bookings, invoices, oddments } from "./testing/other-apps.ts"
import { serve } from "./testing/serve.ts"
import { brief, trials } from "./testing/tells-apart.ts"

describe.skipIf(!findBrowser())("in a browser", () => {
  const { tried, tellsApart } = trials()

  test("an entry that is ticked and not struck through is told apart", () =>
    tellsApart(
      { honest: shoppingList(), green: shoppingList({ keep: true, live: true, cross: false }) },
      [{ enter: { "{thing}": "Jam" } }, { tick: "Jam" }, { crossed: "Jam" }],
    ))

  test("a form behind a button is opened, and what it needs besides is filled in", () =>
    tellsApart({ honest: notes(), green: notes({ narrow: false }) }, [
      { enter: { "{title}": "Pay the rent", "due|{date}": "{today+3}", "colour ?": "blue" } },
      { see: "Pay the rent" },
      { enter: { "{title}": "Call Ann" } },
      { search: "rent" },
      { see: "Pay the rent" },
      { gone: "Call Ann" },
    ]))

  test("what an export holds is read", async () => {
    const steps = (holds: string): Step[] => [
      { enter: { "{title}": "Exported note" } },
      { download: "{export}", holds },
    ]
    expect(await tried(notes(), steps("Exported note"))).toBe("passed")
    expect(await tried(notes(), steps("Another note"), brief)).toBe("failed")
  })

  test("notes that everybody sees are told from those of one person", () =>
    tellsApart({ honest: privateNotes(), green: privateNotes({ separate: false }) }, [
      { browser: "eve" },
      { account: "signUp", email: "eve@example.com" },
      { enter: { "{text}": "Surprise party" } },
      { see: "Surprise party" },
      { account: "signOut" },
      { account: "signIn", email: "eve@example.com" },
      { see: "Surprise party" },
      { browser: "finn" },
      { account: "signUp", email: "finn@example.com" },
      { control: "{signOut}" },
      { gone: "Surprise party" },
    ]))

  const booked = (time: string, name: string): Step => ({
    enter: { "{date}": "{workday}", "{time}": time, "{name}": name, "{phone}": "1" },
  })

  test("a time that can be booked twice is told apart, however the app writes times", () =>
    tellsApart({ honest: bookings(), green: bookings({ twice: false, sundays: true }) }, [
      booked("11:00", "Ann"),
      { says: "{booked}" },
      { browser: "rival" },
      { anyOf: [[{ not: [booked("11:00", "Bob")] }], [{ says: "{taken}" }]] },
    ]))

  test("a time that is not offered cannot be booked", async () => {
    const steps: Step[] = [{ not: [booked("20:00", "Ann")] }]
    expect(await tried(bookings(), steps)).toBe("passed")
  })

  test("a day on which it is closed is told apart", () =>
    tellsApart({ honest: bookings(), green: bookings({ twice: true, sundays: false }) }, [
      { enter: { "{date}": "{sunday}", "{time}": "10:00", "{name}": "Ann" } },
      { says: "{refused}" },
    ]))

  test("a card that cannot be dragged is told apart", () =>
    tellsApart({ honest: board(), green: board({ drop: false }) }, [
      { enter: { "card|{thing}": "Paint" } },
      { drag: "Paint", to: "^doing" },
      { below: "^doing", text: "Paint", among: "^(to do|doing|done)" },
    ]))

  test("a sum by another rate of tax is told apart, in the notation of the language", () =>
    tellsApart({ honest: invoices(0.19), green: invoices(0.07) }, [
      {
        enter: {
          "{customer}": "Rohr",
          "{description}": "Montage",
          "{quantity}": 30,
          "{unitPrice}": 37,
        },
      },
      { number: 1110 },
      { number: 210.9 },
      { number: 1320.9 },
      { control: "{print}" },
    ]))

  const short: Step[] = [
    { enter: { "url|address": "https://example.com/far" } },
    { leads: "example\\.com/far" },
  ]
  const kept: Step[] = [
    { request: "POST /api/notes", json: { title: "Rent" }, status: [201], keep: "id" },
    { request: "GET /api/notes", status: [200], shows: "Rent" },
    { request: "DELETE /api/notes/{kept}", status: [204] },
    { not: [{ request: "GET /api/notes", status: [200], shows: "Rent" }] },
  ]

  test.for([
    ["a short link that leads elsewhere", short],
    ["an API that answers and keeps nothing", kept],
    ["a picture that is not shown", [{ upload: "red.png" }, { images: 1 }]],
    ["a chart without a line", [{ drawing: 1 }]],
    ["a game in which nothing moves", [{ changes: ["cell 4"] }]],
    ["an entry that is not red", [{ red: "Overdue" }]],
  ] as [string, Step[]][])("%s is told apart", ([, steps]) =>
    tellsApart({ honest: oddments(), green: oddments(true) }, steps),
  )

  test("what a form still shows of what was typed is nothing that the app shows", async () => {
    const dead = () =>
      serve(() => ({
        html: "<form onsubmit='return false'><input name=item><button>Add</button></form>",
      }))
    expect(await tried(dead(), [{ enter: { item: "Oats" } }, { see: "Oats" }], brief)).toBe(
      "failed",
    )
  })

  test("a page that is wider than a phone is told apart", async () => {
    const wide = serve(() => ({ html: '<div style="width: 900px">wide</div>' }))
    expect(await tried(wide, [{ fits: 375 }], brief)).toBe("failed")
    expect(await tried(shoppingList(), [{ fits: 375 }])).toBe("passed")
  })
})
