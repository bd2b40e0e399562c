const at = (id) => document.getElementById(id)
const [list, none, search, lend, past] = ["list", "none", "search", "lend", "past"].map(at)
const figures = [...document.querySelectorAll(".figure")]
let state = ""
/** The thing that is being lent. */
let lending

/** Asks the API. What went wrong is said in `trouble`, and nothing typed is lost. */
async function ask(path, { method = "GET", body, trouble = at("trouble") } = {}) {
  const headers = body === undefined ? {} : { "content-type": "application/json" }
  const answer = await fetch(`/api${path}`, {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
  }).catch(() => undefined)
  const told = answer && answer.status !== 204 ? await answer.json().catch(() => ({})) : {}
  const wrong = answer
    ? answer.ok
      ? ""
      : (told.detail ?? "That did not work.")
    : "The service does not answer. Try again in a moment."
  trouble.textContent = wrong
  trouble.hidden = wrong === ""
  return wrong === "" ? told : undefined
}

function make(tag, given, ...children) {
  const { label, ...properties } = given
  const element = Object.assign(document.createElement(tag), properties)
  if (label) element.setAttribute("aria-label", label)
  element.append(...children)
  return element
}

const day = (text) =>
  new Date(`${text}T00:00:00Z`).toLocaleDateString(undefined, {
    ...{ timeZone: "UTC", day: "numeric", month: "short", year: "numeric" },
  })

async function change(path, options) {
  if (await ask(path, options)) await show()
}

function rowOf(thing) {
  const { id, name, kind, loan, overdue } = thing
  const what = make("div", { className: "what" }, make("b", {}, name), make("small", {}, kind))
  const where = loan
    ? make(
        "div",
        { className: "where" },
        `with ${loan.to}`,
        make(
          "small",
          overdue ? { className: "late" } : {},
          `${overdue ? "was due" : "due"} ${day(loan.due)}${loan.contact ? ` · ${loan.contact}` : ""}`,
        ),
      )
    : make("div", { className: "where there" }, "here")
  const button = (text, label, onclick, className = "") =>
    make("button", { type: "button", label, onclick, className }, text)
  const remove = () => {
    if (confirm(`Take ${name} out of the list, with its history?`))
      change(`/things/${id}`, { method: "DELETE" })
  }
  const first = loan
    ? button("Take back", `Take ${name} back`, () =>
        change(`/things/${id}/loan`, { method: "DELETE" }),
      )
    : button("Lend", `Lend ${name}`, () => beginLoan(thing), "primary")
  return make(
    "li",
    {},
    what,
    where,
    make(
      "div",
      { className: "actions" },
      first,
      button("History", `Who had ${name}`, () => showPast(thing)),
      ...(loan ? [] : [button("Remove", `Remove ${name}`, remove)]),
    ),
  )
}

function beginLoan(thing) {
  lending = thing
  at("lend-title").textContent = `Lend ${thing.name}`
  at("lend-form").reset()
  at("lend-trouble").hidden = true
  lend.showModal()
}

async function showPast({ id, name }) {
  const loans = await ask(`/things/${id}/loans`)
  if (!loans) return
  at("past-title").textContent = `Who had ${name}`
  const lines = loans.map(({ to, since, back }) =>
    make("li", {}, make("b", {}, to), ` ${day(since)} to ${back ? day(back) : "now"}`),
  )
  at("past-list").replaceChildren(...(lines.length > 0 ? lines : [make("li", {}, "Nobody yet.")]))
  past.showModal()
}

let newest = 0
async function show() {
  const mine = ++newest
  const query = new URLSearchParams({ search: search.value, state })
  const [things, summary] = await Promise.all([ask(`/things?${query}`), ask("/summary")])
  if (mine !== newest || !things || !summary) return
  list.replaceChildren(...things.map(rowOf))
  none.hidden = things.length > 0
  none.textContent =
    summary.things === 0
      ? "Nothing is here to lend yet. Add the first thing above."
      : "Nothing fits what you look for."
  for (const name of ["things", "lent", "overdue"]) at(name).textContent = String(summary[name])
}

at("add").addEventListener("submit", async (event) => {
  event.preventDefault()
  const form = event.currentTarget
  const button = form.querySelector("button")
  button.disabled = true
  const body = Object.fromEntries(new FormData(form))
  const added = await ask("/things", { method: "POST", body })
  button.disabled = false
  if (!added) return
  form.reset()
  form.elements.name.focus()
  await show()
})
at("lend-form").addEventListener("submit", async (event) => {
  event.preventDefault()
  const body = Object.fromEntries(new FormData(event.currentTarget))
  const trouble = at("lend-trouble")
  if (!(await ask(`/things/${lending.id}/loan`, { method: "POST", body, trouble }))) return
  lend.close()
  await show()
})
at("lend-cancel").addEventListener("click", () => lend.close())
for (const figure of figures) {
  figure.addEventListener("click", () => {
    state = figure.dataset.state
    for (const each of figures) each.setAttribute("aria-pressed", String(each === figure))
    show()
  })
}
search.addEventListener("input", show)
await show()
