// Calculates while people type; without this file the form is sent instead.
import { asText, calculate, startOf } from "./calculation.js"
import { makeHistory } from "./history.js"
import { readLines } from "./lines.js"
import { sayProblem, texts } from "./texts.js"

const at = (id) => document.getElementById(id)
const form = at("calculator")
const settings = JSON.parse(form.dataset.settings)
const { language } = settings
const says = texts[language]
const lines = readLines(settings)
const start = startOf(lines, language)
const fieldOf = ({ id }) => at(`in-${id}`)
const large = lines.results.find(({ isLarge }) => isLarge)

const typed = () => Object.fromEntries(lines.inputs.map((each) => [each.id, fieldOf(each).value]))
const calculated = () => calculate(lines, typed(), settings)
const addressOf = (values) => `/?${new URLSearchParams(values)}`

const past = settings.history && large ? makeHistory({ load, lines, settings }) : undefined

at("calculate").hidden = true
if (at("deeds")) at("deeds").hidden = false
form.addEventListener("input", () => show())
form.addEventListener("change", ({ target }) => past?.remember(target.name, typed()))
// Enter calculates, which has happened already.
form.addEventListener("submit", (event) => {
  event.preventDefault()
  past?.remember(undefined, typed())
})
at("reset").addEventListener("click", (event) => {
  event.preventDefault()
  load(start)
  history.replaceState(null, "", "/")
  fieldOf(lines.inputs[0])?.focus()
})
at("copy")?.addEventListener("click", () =>
  copy(asText({ ...settings, ...calculated() }, settings), says.copied),
)
at("link")?.addEventListener("click", () =>
  copy(new URL(addressOf(typed()), location.href).href, says.linkCopied),
)
at("print")?.addEventListener("click", () => print())

function show() {
  const { fields, answers } = calculated()
  for (const { input, problem } of fields) {
    fieldOf(input).setAttribute("aria-invalid", String(problem !== undefined))
    at(`wrong-${input.id}`).textContent = sayProblem(problem, language)
  }
  for (const { result, text, problem } of answers) {
    at(`out-${result.id}`).textContent = text
    at(`why-${result.id}`).textContent = sayProblem(problem, language)
  }
  if (at("said")) at("said").textContent = ""
  // The address has the calculation, so that it can be sent to somebody and survives a reload.
  history.replaceState(null, "", addressOf(typed()))
}

/** Puts a calculation into the fields. */
function load(values) {
  for (const input of lines.inputs) fieldOf(input).value = values[input.id] ?? start[input.id]
  show()
  past?.begin()
}

async function copy(text, done) {
  at("said").textContent = (await copied(text)) ? done : says.notCopied
}

/** In a frame of another site the clipboard may be closed; then the older way is tried. */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const area = document.createElement("textarea")
    area.value = text
    document.body.append(area)
    area.select()
    const done = document.execCommand("copy")
    area.remove()
    return done
  }
}
