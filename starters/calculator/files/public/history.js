// The last calculations, in this browser alone.
import { calculate } from "./calculation.js"
import { refine } from "./past.js"

const key = "calculations"

/** Shows the list and keeps it. @param load puts a calculation into the fields */
export function makeHistory({ load, lines, settings }) {
  const at = (id) => document.getElementById(id)
  let entries = read()
  // The fields that were changed since the newest entry began.
  let changed = new Set()
  at("history").hidden = false
  at("clear").addEventListener("click", () => keep([]))
  draw()

  function remember(name, values) {
    const { answers } = calculate(lines, values, settings)
    if (!answers.some(({ result, value }) => result.isLarge && value !== undefined)) return
    const next = refine({ entries, changed, name, values })
    changed = next.changed
    keep(next.entries)
  }

  function keep(next) {
    entries = next
    if (entries.length === 0) changed = new Set()
    try {
      localStorage.setItem(key, JSON.stringify(entries))
    } catch {
      // Where the browser keeps nothing, the list lasts as long as the page.
    }
    draw()
  }

  function draw() {
    at("history-empty").hidden = entries.length > 0
    at("clear").hidden = entries.length === 0
    at("past").replaceChildren(...entries.map(rowOf))
  }

  function rowOf(values) {
    const { fields, answers } = calculate(lines, values, settings)
    const row = document.createElement("li")
    const button = Object.assign(document.createElement("button"), { type: "button" })
    const given = document.createElement("span")
    given.textContent = fields.map(({ input, text }) => `${input.name} ${text || "—"}`).join(" · ")
    const result = document.createElement("strong")
    result.textContent = answers.find(({ result }) => result.isLarge).text
    button.append(given, result)
    button.addEventListener("click", () => load(values))
    row.append(button)
    return row
  }

  return {
    remember,
    /** What is changed next is another calculation. */
    begin() {
      changed = new Set()
    },
  }
}

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "[]")
    const isEntry = (each) => each !== null && typeof each === "object" && !Array.isArray(each)
    return Array.isArray(kept) ? kept.filter(isEntry) : []
  } catch {
    return []
  }
}
