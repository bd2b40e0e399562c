// Who listens where, and telling them. A listener is one open page; a person may have several.
import { Refusal } from "./http.js"

const beatMs = 25_000
const listenersMost = 400
const listenersPerAddress = 40

export function makeStreams() {
  const listeners = new Set()
  // proxies close connections on which nothing is said for long
  const beat = setInterval(() => {
    for (const { response } of listeners) response.write(": still here\n\n")
  }, beatMs)
  beat.unref()

  function listen({ response, room, person, address }) {
    const near = [...listeners].filter((one) => one.address === address).length
    if (listeners.size >= listenersMost || near >= listenersPerAddress)
      throw new Refusal(503, "Too many pages are open. Try again later.")
    const listener = { response, room, person, address }
    response.writeHead(200, {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
    })
    response.write("retry: 2000\n\n")
    listeners.add(listener)
    response.on("close", () => {
      listeners.delete(listener)
      tellPresence(room)
    })
    return listener
  }

  function tell(room, event) {
    for (const { response } of inRoom(room)) write(response, event)
  }

  function tellPresence(room) {
    tell(room, { name: "presence", value: presentIn(room) })
  }

  const inRoom = (room) => [...listeners].filter((one) => one.room === room)

  /** `{ people: [{ id, name }], guests }`: who has the room open, by name, and how many have none. */
  function presentIn(room) {
    const here = inRoom(room)
    const people = new Map(here.flatMap(({ person }) => (person ? [[person.id, person]] : [])))
    return {
      people: [...people.values()].sort((one, other) => one.name.localeCompare(other.name)),
      guests: here.filter(({ person }) => !person).length,
    }
  }

  return {
    listen,
    tell,
    tellPresence,
    presentIn,
    /** Something was said in another room: a dot beside it is enough. */
    tellElsewhere(room) {
      for (const { response } of [...listeners].filter((one) => one.room !== room))
        write(response, { name: "elsewhere", value: { room } })
    },
    renamed(person) {
      const theirs = [...listeners].filter((one) => one.person?.id === person.id)
      for (const listener of theirs) listener.person = person
      for (const room of new Set(theirs.map((listener) => listener.room))) tellPresence(room)
    },
    close() {
      clearInterval(beat)
      for (const { response } of listeners) response.end()
    },
  }
}

export function write(response, { name, value, id }) {
  const numbered = id === undefined ? "" : `id: ${id}\n`
  response.write(`${numbered}event: ${name}\ndata: ${JSON.stringify(value)}\n\n`)
}
