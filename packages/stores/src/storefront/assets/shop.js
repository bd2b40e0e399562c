// Every page works without this; with it, adding to the cart stays on the page.
const said = document.getElementById("said")

for (const form of document.querySelectorAll('[data-island="add"]'))
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    add(form)
  })

for (const form of document.querySelectorAll('[data-island="submit-on-change"]'))
  form.addEventListener("change", () => form.checkValidity() && form.requestSubmit())

for (const form of document.querySelectorAll('[data-island="once"]'))
  form.addEventListener("submit", () => {
    const button = form.querySelector("button")
    // Disabled at once, it would not be pressed for the browser.
    setTimeout(() => {
      button.disabled = true
      button.textContent = "One moment…"
    })
  })

// A page that comes back from the browser's memory is as it was left.
addEventListener("pageshow", (event) => event.persisted && location.reload())

for (const each of document.querySelectorAll("[data-without-script]")) each.hidden = true

async function add(form) {
  const button = form.querySelector("button")
  const failure = form.querySelector("[data-failure]")
  button.disabled = true
  failure.hidden = true
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { accept: "application/json" },
      body: new URLSearchParams(new FormData(form)),
    })
    const told = await answer.json()
    if (answer.ok) added(told)
    else fail(failure, told.failure ?? "The shop is not answering. Try it again in a moment.")
  } catch {
    fail(failure, "The shop cannot be reached. Try it again in a moment.")
  } finally {
    button.disabled = false
  }
}

function added({ pieces, say }) {
  for (const count of document.querySelectorAll("[data-pieces]")) {
    count.textContent = pieces
    count.hidden = pieces === 0
  }
  const link = document.createElement("a")
  link.href = "/cart"
  link.textContent = "See the cart"
  said.replaceChildren(`${say} `, link)
  said.classList.add("shown")
  clearTimeout(said.timer)
  said.timer = setTimeout(() => said.classList.remove("shown"), 6000)
}

function fail(place, text) {
  place.textContent = text
  place.hidden = false
}
