import type { ServerFrame } from "@vibecaas/contract/stream"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { WebSocket } from "ws"
import { emit } from "../../core/emit.ts"
import type { TestPerson } from "../testing/test-client.ts"
import { type TestServer, testServer } from "../testing/test-server.ts"

let server: TestServer
let mara: TestPerson
beforeAll(async () => {
  server = await testServer()
})
// What one test told reaches the next one's socket while any older transaction of the cluster runs.
beforeEach(async () => {
  mara = await server.person()
})
afterAll(() => server.close())

interface Heard {
  socket: WebSocket
  frames: ServerFrame[]
  say(frame: object | string): void
  /** waits for the first frame of a type that was not taken yet */
  next<T extends ServerFrame["type"]>(type: T): Promise<Extract<ServerFrame, { type: T }>>
  closed: Promise<number>
}

function open(person: TestPerson, headers: Record<string, string> = {}): Promise<Heard> {
  const url = `${server.origin.replace("http", "ws")}/api/v1/stream`
  const socket = new WebSocket(url, {
    headers: { cookie: person.cookie, origin: server.origin, ...headers },
  })
  const frames: ServerFrame[] = []
  socket.on("message", (data) => frames.push(JSON.parse(String(data))))
  const closed = new Promise<number>((resolve) => socket.once("close", resolve))
  const next: Heard["next"] = async (type) => {
    const at = await expect
      .poll(() => frames.findIndex((frame) => frame.type === type), { timeout: 5000, interval: 5 })
      .not.toBe(-1)
      .then(() => frames.findIndex((frame) => frame.type === type))
    return frames.splice(at, 1)[0] as never // found by its type
  }
  const say = (frame: object | string) =>
    socket.send(typeof frame === "string" ? frame : JSON.stringify(frame))
  return new Promise((resolve, reject) => {
    socket.once("open", () => resolve({ socket, frames, say, next, closed }))
    socket.once("unexpected-response", (_, response) => reject(new Error(`${response.statusCode}`)))
    socket.once("error", reject)
  })
}

const topicOf = (person: TestPerson) => `organization:${person.organizationId}` as const

function tell(person: TestPerson, data: unknown): Promise<void> {
  const actor = { kind: "system", id: null, name: "test" } as const
  return server.db.scope({ organizationId: person.organizationId, actor }, async (ctx) =>
    emit(ctx, {
      kind: "project.changed",
      about: { project: "prj_x" },
      id: "prj_x",
      data,
    }),
  )
}

async function subscribed(person: TestPerson, after?: string): Promise<Heard> {
  const heard = await open(person)
  heard.say({ type: "subscribe", topic: topicOf(person), after })
  return heard
}

test("what is committed is heard, in order, with cursors to resume from", async () => {
  const heard = await subscribed(mara)
  const { cursor } = await heard.next("subscribed")
  for (let i = 1; i <= 3; i++) await tell(mara, i)
  const events = [await heard.next("event"), await heard.next("event"), await heard.next("event")]
  expect(events.map(({ data, kind }) => [kind, data])).toEqual([
    ["project.changed", 1],
    ["project.changed", 2],
    ["project.changed", 3],
  ])
  heard.socket.close()

  const again = await subscribed(mara, events[0]?.cursor)
  expect([(await again.next("event")).data, (await again.next("event")).data]).toEqual([2, 3])
  again.socket.close()
  const all = await subscribed(mara, cursor)
  expect((await all.next("event")).data).toBe(1)
  all.socket.close()
})

test("an event that commits late is heard although younger ones were there first", async () => {
  const heard = await subscribed(mara)
  await heard.next("subscribed")
  let commit = () => {}
  const held = new Promise<void>((resolve) => {
    commit = resolve
  })
  const late = holdOpen("late", held)
  await late.written
  await tell(mara, "early")
  commit()
  await late.done
  const data = [(await heard.next("event")).data, (await heard.next("event")).data]
  expect(data.toSorted()).toEqual(["early", "late"])
  heard.socket.close()
})

function holdOpen(data: string, until: Promise<void>) {
  const actor = { kind: "system", id: null, name: "test" } as const
  let wrote = () => {}
  const written = new Promise<void>((resolve) => {
    wrote = resolve
  })
  const done = server.db.scope({ organizationId: mara.organizationId, actor }, async (ctx) => {
    emit(ctx, {
      kind: "project.changed",
      about: { project: "prj_x" },
      id: "prj_x",
      data,
    })
    wrote()
    await until
  })
  return { written, done }
}

test("a cursor that is none of ours asks to start again", async () => {
  const heard = await subscribed(mara, "nonsense")
  expect(await heard.next("reset")).toEqual({ type: "reset", topic: topicOf(mara) })
  heard.socket.close()
})

test.each(["18446744073709551616.0", "1.9223372036854775808", "99999999999999999999.0"])(
  "the cursor %s, larger than the database knows, asks to start again and harms nobody",
  async (cursor) => {
    const poisoner = await subscribed(mara, cursor)
    expect(await poisoner.next("reset")).toEqual({ type: "reset", topic: topicOf(mara) })
    const other = await subscribed(mara)
    await other.next("subscribed")
    await tell(mara, "after the poison")
    expect((await other.next("event")).data).toBe("after the poison")
    poisoner.socket.close()
    other.socket.close()
  },
)

test("a topic of strangers and one that does not exist are refused with the same words", async () => {
  const stranger = await server.person()
  const heard = await open(stranger)
  const none = `organization:${server.db.newId("org")}`
  for (const topic of [topicOf(mara), none]) heard.say({ type: "subscribe", topic })
  const [first, second] = [await heard.next("refused"), await heard.next("refused")]
  expect(first).toEqual({ ...second, topic: topicOf(mara) })
  expect(second.code).toBe("not_found")
  await tell(mara, "not for strangers")
  heard.say({ type: "ping" })
  await heard.next("pong")
  expect(heard.frames).toEqual([])
  heard.socket.close()
})

test("a page of another site, a missing origin and a missing session are refused", async () => {
  await expect(open(mara, { origin: "http://evil.example" })).rejects.toThrow("403")
  await expect(open(mara, { origin: "null" })).rejects.toThrow("403")
  await expect(open(mara, { cookie: "" })).rejects.toThrow("401")
})

test("who loses membership stops hearing and is told so", async () => {
  const guest = await server.person()
  await server.join(guest, mara.organizationId, "viewer")
  await expect
    .poll(async () => (await guest.call(`GET /organizations/${mara.organizationId}`)).status)
    .toBe(200)
  const heard = await open(guest)
  heard.say({ type: "subscribe", topic: topicOf(mara) })
  await heard.next("subscribed")
  await server.db.adminPool.query(
    "delete from memberships where user_id = $1 and role = 'viewer'",
    [guest.userId],
  )
  expect(await heard.next("refused")).toMatchObject({ topic: topicOf(mara) })
  await tell(mara, "after they left")
  heard.say({ type: "ping" })
  await heard.next("pong")
  expect(heard.frames).toEqual([])
  heard.socket.close()
})

test("a sign-out closes the sockets of its session", async () => {
  const person = await server.person()
  const heard = await subscribed(person)
  await heard.next("subscribed")
  await person.call("POST /auth/sign-out")
  expect(await heard.closed).toBe(4401)
})

test("unsubscribing stops the topic; what is not a frame is refused, what is too long ends it", async () => {
  const heard = await subscribed(mara)
  await heard.next("subscribed")
  heard.say({ type: "unsubscribe", topic: topicOf(mara) })
  heard.say("not json")
  expect(await heard.next("refused")).toMatchObject({ code: "malformed" })
  await tell(mara, "unheard")
  heard.say({ type: "ping" })
  await heard.next("pong")
  expect(heard.frames).toEqual([])
  heard.say("x".repeat(5000))
  expect(await heard.closed).toBe(1009)
})

test("sockets of one person and topics of one socket have their caps", async () => {
  const person = await server.person()
  const sockets = []
  for (let i = 0; i < 20; i++) sockets.push(await open(person))
  await expect(open(person)).rejects.toThrow("429")
  for (const { socket } of sockets) socket.terminate()
})

test("who does not read is let go before it fills our memory", async () => {
  const heard = await subscribed(mara)
  await heard.next("subscribed")
  heard.socket.pause()
  const large = "x".repeat(200_000)
  for (let i = 0; i < 60; i++) await tell(mara, large)
  heard.socket.resume()
  expect(await heard.closed).toBe(1013)
  expect(heard.frames.length).toBeLessThan(60)
})

test("a lost connection to the database loses no event", async () => {
  const heard = await subscribed(mara)
  await heard.next("subscribed")
  await server.db.adminPool.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'vibecaas-listen' and datname = current_database()",
  )
  await tell(mara, "while deaf")
  expect((await heard.next("event")).data).toBe("while deaf")
  await tell(mara, "and after")
  expect((await heard.next("event")).data).toBe("and after")
  heard.socket.close()
})
