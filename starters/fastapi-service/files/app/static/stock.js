const at = (id) => document.getElementById(id)
const [list, none, trouble, search, onlyLow] = [
  "list",
  "none",
  "trouble",
  "search",
  "only-low",
].map(at)

/** Asks the API; what went wrong is said above the list, and nothing typed is lost. */
async function ask(path, method = "GET", body = undefined) {
  const headers = body === undefined ? {} : { "content-type": "application/json" }
  const options = { method, headers, body: body === undefined ? undefined : JSON.stringify(body) }
  const answer = await fetch(`/api${path}`, options).catch(() => undefined)
  if (!answer) return say("The service does not answer. Try again in a moment.")
  if (answer.status === 204) return say("")
  const told = await answer.json()
  if (!answer.ok) return say(told.detail ?? "That did not work.")
  say("")
  return told
}

function say(words) {
  trouble.textContent = words
  trouble.hidden = words === ""
}

function make(tag, given, ...children) {
  const element = Object.assign(document.createElement(tag), given)
  element.append(...children)
  return element
}

function rowOf(item) {
  const move = async (change) => {
    if (await ask(`/items/${item.id}/movements`, "POST", { change })) await show()
  }
  const remove = async () => {
    if (!confirm(`Take ${item.name} out of the list, with all its movements?`)) return
    await ask(`/items/${item.id}`, "DELETE")
    await show()
  }
  const button = (label, text, onclick) => {
    const made = make("button", { type: "button", onclick }, text)
    made.setAttribute("aria-label", label)
    return made
  }
  const what = make("div", { className: "what" }, item.name, " ")
  if (item.low) what.append(make("span", { className: "low" }, "running low"))
  what.append(make("small", {}, item.place))
  return make(
    "li",
    {},
    what,
    make("span", { className: "count" }, String(item.count)),
    make(
      "div",
      { className: "steps" },
      button(`One of ${item.name} went out`, "−", () => move(-1)),
      button(`One of ${item.name} came in`, "+", () => move(1)),
    ),
    button(`Remove ${item.name}`, "Remove", remove),
  )
}

let newest = 0
async function show() {
  const mine = ++newest
  const query = new URLSearchParams({ search: search.value, low: String(onlyLow.checked) })
  const [items, summary] = await Promise.all([ask(`/items?${query}`), ask("/summary")])
  if (mine !== newest || !items || !summary) return
  list.replaceChildren(...items.map(rowOf))
  none.hidden = items.length > 0
  none.textContent =
    summary.items === 0
      ? "Nothing is in stock yet. Add the first item above."
      : "Nothing fits what you search for."
  for (const name of ["items", "pieces", "low"]) at(name).textContent = String(summary[name])
}

at("add").addEventListener("submit", async (event) => {
  event.preventDefault()
  const form = event.currentTarget
  const { name, place, count } = Object.fromEntries(new FormData(form))
  const button = form.querySelector("button")
  button.disabled = true
  const added = await ask("/items", "POST", { name, place, count: Number(count) })
  button.disabled = false
  if (!added) return
  form.reset()
  form.elements.name.focus()
  await show()
})
search.addEventListener("input", show)
onlyLow.addEventListener("change", show)
await show()
