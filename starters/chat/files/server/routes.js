import { chatPage } from "../pages/chat.js"
import { errorPage } from "../pages/error.js"
import { messageItem } from "../pages/message.js"
import { cookieHeaders, readCookie } from "./cookies.js"
import { exampleView } from "./example.js"
import { answerFile } from "./files.js"
import { addressOf, Refusal, readForm, redirect, send, sendJson, sendPage } from "./http.js"
import { makeLimiter } from "./limiter.js"
import { roomsOf } from "./rooms.js"
import { makeRouter } from "./router.js"
import { write } from "./streams.js"
import { themeCss } from "./theme.js"

const yearSeconds = 365 * 24 * 3600
const cookie = "chat"

export function makeHandler({ settings, history, streams }) {
  const limits = {
    said: makeLimiter({ most: 6, withinMs: 10_000, says: "That was fast. Wait a few seconds." }),
    near: makeLimiter({ most: 60, withinMs: 10_000, says: "That was fast. Wait a few seconds." }),
    named: makeLimiter({ most: 20, withinMs: 60_000, says: "Too many names. Wait a minute." }),
  }
  const app = { settings, history, streams, limits, rooms: roomsOf(settings.rooms) }
  const theme = themeCss(settings.accent, { light: "#f6f1f4", dark: "#1b1820" })
  return makeRouter(
    {
      "GET /": (asked) => showRoom(app, asked, app.rooms[0]),
      "GET /example": ({ response }) => sendPage(response, chatPage(app, exampleView(app))),
      "GET /rooms/:room": (asked) => showRoom(app, asked, roomOf(app, asked)),
      "GET /rooms/:room/stream": (asked) => stream(app, asked),
      "POST /rooms/:room/messages": (asked) => say(app, asked),
      "POST /rooms/:room/messages/:id/delete": (asked) => remove(app, asked),
      "POST /rooms/:room/name": (asked) => takeName(app, asked),
      "POST /rooms/:room/leave": (asked) => leave(app, asked),
      "GET /public/:name": answerFile,
      "GET /theme.css": ({ response }) =>
        send(response, { status: 200, type: "text/css; charset=utf-8", body: theme }),
      "GET /healthz": ({ response }) => sendJson(response, { ok: true }),
    },
    (failure) => errorPage(settings, failure),
  )
}

function roomOf({ rooms }, { params }) {
  const room = rooms.find(({ slug }) => slug === params.room)
  if (!room) throw new Refusal(404, "There is no such room.")
  return room
}

const personOf = ({ history }, { request }) => history.personOf(readCookie(request, cookie))

function showRoom(app, asked, room, problem) {
  const { response, query } = asked
  const earlier = Number(query.get("before")) || undefined
  const page = chatPage(app, {
    ...{ room, problem, earlier, person: personOf(app, asked) },
    ...app.history.before(room.slug, earlier),
    present: app.streams.presentIn(room.slug),
  })
  sendPage(response, page, { status: problem?.status ?? 200 })
}

/** What was said and deleted while a page was not connected comes first, then what happens. */
function stream(app, asked) {
  const { request, response, query } = asked
  const room = roomOf(app, asked)
  const last = request.headers["last-event-id"] ?? query.get("after") ?? ""
  const person = personOf(app, asked)
  app.streams.listen({ response, room: room.slug, person, address: addressOf(request) })
  write(response, { name: "gone", value: { ids: app.history.deletedIn(room.slug) } })
  const missed = /^\d{1,15}$/.test(last) ? app.history.after(room.slug, Number(last)) : []
  for (const message of missed) write(response, said(app, message))
  app.streams.tellPresence(room.slug)
}

const said = ({ settings }, message) => ({
  name: "said",
  id: message.id,
  value: { id: message.id, html: String(messageItem(settings, { message })) },
})

async function say(app, asked) {
  const room = roomOf(app, asked)
  const form = await readForm(asked.request)
  await orShow(app, { asked, room, kept: form.get("text") }, () => {
    const person = personOf(app, asked)
    if (!person) throw new Refusal(401, "Choose a name first.")
    const text = wordsOf(form.get("text"), app.settings.messageLength)
    app.limits.near.take(addressOf(asked.request))
    app.limits.said.take(person.id)
    const message = app.history.say({ room: room.slug, person, text })
    app.streams.tell(room.slug, said(app, message))
    app.streams.tellElsewhere(room.slug)
    answer(asked, { room, value: { id: message.id } })
  })
}

function wordsOf(given, most) {
  const text = (given ?? "")
    .replaceAll("\r\n", "\n")
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim()
  if (text === "") throw new Refusal(422, "Write something first.")
  if (text.length > most)
    throw new Refusal(422, `That has ${text.length} characters; the limit is ${most}.`)
  return text
}

async function takeName(app, asked) {
  const room = roomOf(app, asked)
  const form = await readForm(asked.request)
  await orShow(app, { asked, room }, () => {
    const name = (form.get("name") ?? "").replaceAll(/[\p{C}\s]+/gu, " ").trim()
    if (name.length < 1 || name.length > 24)
      throw new Refusal(422, "Choose a name of 1 to 24 characters.")
    app.limits.named.take(addressOf(asked.request))
    const known = personOf(app, asked)
    if (known) return rename(app, { asked, room, person: { ...known, name } })
    const { secret } = app.history.join(name)
    const headers = cookieHeaders(asked.request, cookie, { value: secret, seconds: yearSeconds })
    redirect(asked.response, `/rooms/${room.slug}`, headers)
  })
}

function rename(app, { asked, room, person }) {
  app.history.rename(person, person.name)
  app.streams.renamed(person)
  redirect(asked.response, `/rooms/${room.slug}`)
}

async function leave(app, asked) {
  const person = personOf(app, asked)
  if (person) app.history.leave(person)
  const headers = cookieHeaders(asked.request, cookie, { value: "", seconds: 0 })
  redirect(asked.response, `/rooms/${roomOf(app, asked).slug}`, headers)
}

function remove(app, asked) {
  const { settings, history, streams } = app
  const person = personOf(app, asked)
  if (!settings.deleteOwn || !person)
    throw new Refusal(403, "Only who wrote a message can delete it.")
  const room = roomOf(app, asked)
  const message = history.remove(Number(asked.params.id), person)
  streams.tell(message.room, { name: "gone", value: { ids: [message.id] } })
  answer(asked, { room, value: { id: message.id } })
}

const wantsJson = ({ headers }) => (headers.accept ?? "").includes("application/json")

function answer({ request, response }, { room, value }) {
  if (wantsJson(request)) return sendJson(response, value)
  redirect(response, `/rooms/${room.slug}`)
}

/** A form that was refused comes back as the room with the reason and what was typed. */
async function orShow(app, { asked, room, kept }, act) {
  try {
    await act()
  } catch (error) {
    if (!(error instanceof Refusal) || wantsJson(asked.request)) throw error
    showRoom(app, asked, room, { status: error.status, says: error.message, kept })
  }
}
