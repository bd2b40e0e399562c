// The list of messages on the page.

const find = (name) => document.querySelector(`[data-${name}]`)
const time = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" })
const day = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" })
/** messages of one person within so many `ms` stand together */
const togetherMs = 5 * 60_000
let unseen = 0
const title = document.title

/** Times in the reader's own clock, days between them, and messages of one person together. */
export function dress(chat) {
  const items = [...document.querySelectorAll(".message")]
  for (const old of document.querySelectorAll(".day")) old.remove()
  for (const [index, item] of items.entries()) {
    const before = items[index - 1]
    const at = new Date(item.dataset.at)
    item.querySelector("time").textContent = time.format(at)
    item.classList.toggle("mine", item.dataset.by === chat.dataset.person)
    const newDay = !before || day.format(new Date(before.dataset.at)) !== day.format(at)
    if (newDay) item.before(dayLine(at))
    const soon = before && at - new Date(before.dataset.at) < togetherMs
    item.classList.toggle("goes-on", !newDay && soon && before.dataset.by === item.dataset.by)
  }
}

function dayLine(at) {
  const line = document.createElement("li")
  line.className = "day"
  line.textContent = day.format(at)
  return line
}

export function addMessage(chat, { id, html }) {
  if (document.querySelector(`#m${id}`)) return
  const wasAtEnd = atEnd()
  // the server escaped every word of it
  find("messages").insertAdjacentHTML("beforeend", html)
  find("empty").hidden = true
  dress(chat)
  keepAtEnd(wasAtEnd || document.querySelector(`#m${id}`).classList.contains("mine"))
  if (document.hidden) document.title = `(${++unseen}) ${title}`
}

export function removeMessages(ids) {
  for (const id of ids) document.querySelector(`#m${id}`)?.remove()
  const chat = document.querySelector(".chat")
  dress(chat)
  find("empty").hidden = document.querySelector(".message") !== null
}

document.addEventListener("visibilitychange", () => {
  unseen = 0
  document.title = title
})

function atEnd() {
  const log = find("log")
  return log.scrollHeight - log.scrollTop - log.clientHeight < 80
}

export function keepAtEnd(wanted) {
  const log = find("log")
  if (wanted) log.scrollTop = log.scrollHeight
}
