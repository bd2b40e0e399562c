// Moves the bars whenever somebody answered.
const stage = document.querySelector("[data-round]")
const place = document.querySelector("[data-results]")
const people = document.querySelector("[data-people]")
const mark = document.querySelector("[data-live]")
const base = `/r/${stage.dataset.round}`

let asked = 0
async function refresh() {
  const turn = ++asked
  const answer = await fetch(`${base}/results-part`).catch(() => undefined)
  if (!answer?.ok) return
  const fresh = document.createElement("template")
  fresh.innerHTML = await answer.text()
  // An answer that was overtaken by a later one shows what is no longer true.
  if (turn !== asked) return
  const bars = [...fresh.content.querySelectorAll("[data-choice]")]
  const known = bars.map((bar) => place.querySelector(`[data-choice="${bar.dataset.choice}"]`))
  if (bars.length === 0 || known.includes(null)) place.replaceChildren(fresh.content)
  else for (const [at, bar] of bars.entries()) update(known[at], bar)
  const n = Number(place.querySelector("[data-answers]")?.dataset.answers ?? 0)
  if (n > 0) people.textContent = n === 1 ? "1 person answered" : `${n} people answered`
}

/** The same elements stay, so that the bars glide. */
function update(shown, bar) {
  shown.className = bar.className
  shown.querySelector(".bar-number").innerHTML = bar.querySelector(".bar-number").innerHTML
  const width = bar.querySelector(".fill").getAttribute("width")
  shown.querySelector(".fill").setAttribute("width", width)
  const answers = bar.closest("[data-answers]").dataset.answers
  shown.closest("[data-answers]").dataset.answers = answers
}

const stream = new EventSource(`${base}/live`)
let greeted = false
stream.addEventListener("hello", () => {
  mark.textContent = "Live results"
  mark.classList.remove("lost")
  // After a break, answers may have been missed.
  if (greeted) refresh()
  greeted = true
})
stream.addEventListener("changed", refresh)
stream.addEventListener("error", () => {
  mark.textContent = "Reconnecting"
  mark.classList.add("lost")
})
