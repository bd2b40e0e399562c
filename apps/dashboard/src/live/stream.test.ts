import { expect, test } from "vitest"
import { LiveStream, type Socket } from "./stream.ts"

const topic = "organization:org_01k9x3v8hde8r8z6h3gk5c2v9w" as const

function fakeSocket() {
  const sent: unknown[] = []
  let [open, say, close] = [() => {}, (_: string) => {}, () => {}]
  return {
    sent,
    open: () => open(),
    say: (text: string) => say(text),
    send: (text: string) => sent.push(JSON.parse(text)),
    close: () => close(),
    onOpen: (action: () => void) => {
      open = action
    },
    onMessage: (action: (text: string) => void) => {
      say = action
    },
    onClose: (action: () => void) => {
      close = action
    },
  } satisfies Socket & Record<string, unknown>
}

function world() {
  const sockets: ReturnType<typeof fakeSocket>[] = []
  const timers: { ms: number; action(): void }[] = []
  const seen: string[] = []
  const stream = new LiveStream({
    open() {
      const socket = fakeSocket()
      sockets.push(socket)
      return socket
    },
    later(ms, action) {
      const timer = { ms, action }
      timers.push(timer)
      return () => void timers.splice(timers.indexOf(timer), 1)
    },
    random: () => 0.5,
    onEvent: (event) => seen.push(`event ${event.cursor}`),
    onReset: () => seen.push("reset"),
    onState: (state) => seen.push(state),
  })
  const last = () => {
    const socket = sockets.at(-1)
    if (!socket) throw new Error("no socket was opened")
    return socket
  }
  const say = (frame: object) => last().say(JSON.stringify(frame))
  const fire = () => timers.shift()?.action()
  return { stream, sockets, timers, seen, last, say, fire }
}

const event = (cursor: string) => ({ type: "event", topic, cursor, kind: "x", id: "", data: null })

test("after a drop each topic resumes from its last cursor", () => {
  const { stream, last, say, fire } = world()
  stream.follow(topic)
  last().open()
  say({ type: "subscribed", topic, cursor: "5" })
  say(event("7"))
  last().close()
  fire()
  last().open()
  expect(last().sent).toEqual([{ type: "subscribe", topic, after: "7" }])
})

test("the wait between attempts grows, and the mark appears with the second drop", () => {
  const { last, timers, fire, seen } = world()
  const waits: number[] = []
  for (let drop = 0; drop < 3; drop += 1) {
    last().close()
    waits.push(timers[0]?.ms ?? 0)
    fire()
  }
  expect(waits).toEqual([500, 1000, 2000])
  expect(seen).toEqual(["lost", "lost"])
})

test("a topic followed before the server listened is read again once it does", () => {
  const { stream, last, say, seen } = world()
  stream.follow(topic)
  last().open()
  say({ type: "subscribed", topic, cursor: "5" })
  expect(seen).toEqual(["live", "reset"])
})

test("a cursor that is too old makes the topic read again and subscribe anew", () => {
  const { stream, last, say, seen } = world()
  stream.follow(topic)
  last().open()
  say({ type: "reset", topic })
  expect(seen).toEqual(["live", "reset"])
  expect(last().sent.at(-1)).toEqual({ type: "subscribe", topic })
})

test("two followers share a topic and the last one leaves it", () => {
  const { stream, last } = world()
  last().open()
  const first = stream.follow(topic)
  const second = stream.follow(topic)
  first()
  first()
  expect(last().sent).toHaveLength(1)
  second()
  expect(last().sent.at(-1)).toEqual({ type: "unsubscribe", topic })
})

test("a silent connection is closed at the second ping and opened again", () => {
  const { last, fire, sockets } = world()
  last().open()
  fire()
  fire()
  fire()
  expect(sockets).toHaveLength(2)
})

test("a closed stream does not come back", () => {
  const { stream, timers, sockets } = world()
  stream.close()
  expect([timers.length, sockets.length]).toEqual([0, 1])
})
