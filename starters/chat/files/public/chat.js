// Makes a room live: messages come by server-sent events, and go without loading the page.
import { showPeople } from "./people.js"
import { addMessage, dress, keepAtEnd, removeMessages } from "./room.js"

const chat = document.querySelector(".chat")
const find = (name) => document.querySelector(`[data-${name}]`)

if (chat) {
  dress(chat)
  keepAtEnd(true)
  if (chat.dataset.live !== undefined) listen(chat)
  const composer = find("composer")
  if (composer) prepare(composer)
  find("log").addEventListener("submit", erase)
}

function listen({ dataset }) {
  const source = new EventSource(`/rooms/${dataset.room}/stream?after=${dataset.last}`)
  const on = (name, hear) => source.addEventListener(name, (event) => hear(JSON.parse(event.data)))
  source.onopen = () => {
    find("state").textContent = ""
  }
  source.onerror = () => {
    find("state").textContent = "Connection lost. Trying again…"
  }
  on("said", (message) => addMessage(chat, message))
  on("gone", ({ ids }) => removeMessages(ids))
  on("presence", showPeople)
  on("elsewhere", ({ room }) => {
    const dot = document.querySelector(`[data-slug="${CSS.escape(room)}"] .news`)
    if (dot) dot.hidden = false
  })
}

function prepare(composer) {
  const field = composer.elements.text
  const grow = () => {
    field.style.height = "auto"
    field.style.height = `${Math.min(field.scrollHeight + 2, 160)}px`
  }
  field.addEventListener("input", grow)
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return
    event.preventDefault()
    composer.requestSubmit()
  })
  composer.addEventListener("submit", async (event) => {
    event.preventDefault()
    const sent = field.value
    const problem = await post(composer.action, { text: sent })
    find("problem").textContent = problem ?? ""
    // what was typed meanwhile is not thrown away
    if (!problem && field.value === sent) field.value = ""
    grow()
    field.focus()
  })
}

/** Sends a form; the answer is what went wrong, in words, or nothing. */
async function post(path, fields) {
  try {
    const headers = { accept: "application/json" }
    const answer = await fetch(path, { method: "POST", headers, body: new URLSearchParams(fields) })
    return answer.ok ? undefined : (await answer.json()).error
  } catch {
    return "The message did not get through. It is still here: try again."
  }
}

async function erase(event) {
  event.preventDefault()
  const problem = await post(event.target.action, {})
  if (problem) find("state").textContent = problem
}
