import { once } from "node:events"
import { connect } from "node:net"
import { setTimeout as sleep } from "node:timers/promises"
import { type Call, makeClient } from "@vibecaas/contract/client"
import type { Project } from "@vibecaas/contract/kinds/projects"
import pg from "pg"
import { WebSocket } from "ws"
import { median, printTable, printTarget } from "./figures.ts"
import { type BenchPerson, seedPeople } from "./people.ts"
import { type BenchPlatform, startBenchPlatform } from "./platform.ts"
import { previewCookie, signIn, visit } from "./visitor.ts"

const members = 20
const targetMs = 1000

/** Answers pages, and WebSockets by hand. */
const app = `
const server = require("node:http").createServer((_, answer) => answer.end("open"))
server.on("upgrade", (_, socket) => socket.write("HTTP/1.1 101 Switching Protocols\\r\\nConnection: Upgrade\\r\\nUpgrade: websocket\\r\\n\\r\\n"))
server.listen(process.env.PORT, process.env.HOST)
`

/** How soon everything is shut that a removed member has open. */
export async function benchDoors(): Promise<void> {
  const platform = await startBenchPlatform()
  try {
    const owner = await signIn(platform)
    const project = await openProject(platform, owner)
    const people = await seedPeople(platform, { people: members, projects: 0 })
    await join(platform, project.organizationId, people)
    const all: Record<string, number[]> = {}
    for (const person of people) {
      for (const [door, took] of await shut({ platform, owner, project }, person)) {
        all[door] = [...(all[door] ?? []), took]
      }
    }
    print(all)
  } finally {
    await platform.stop()
  }
}

async function openProject(platform: BenchPlatform, call: Call): Promise<Project> {
  const project = await call("POST /projects", { body: { name: "Doors", preview: "private" } })
  const params = { projectId: project.id }
  const changes = [{ path: "server.js", content: app }]
  await call("POST /projects/{projectId}/commits", {
    params,
    body: { message: "By hand", changes },
  })
  await call("POST /projects/{projectId}/apps", { params, body: {} })
  const cookie = await previewCookie(platform, call, project)
  await until(async () => (await visit(platform, project.previewUrl, { cookie })).body === "open")
  return project
}

/** Makes them admins of the organization, which may make keys. */
async function join(
  platform: BenchPlatform,
  organizationId: string,
  people: readonly BenchPerson[],
): Promise<void> {
  const client = new pg.Client({ connectionString: await platform.adminUrl() })
  await client.connect()
  await client.query("update organization_plans set plan = 'team' where organization_id = $1", [
    organizationId,
  ])
  await client.query(
    `insert into memberships (organization_id, user_id, role) select $1, u, 'admin' from unnest($2::text[]) u`,
    [organizationId, people.map(({ userId }) => userId)],
  )
  await client.end()
}

interface Around {
  platform: BenchPlatform
  owner: Call
  project: Project
}

/** Removes somebody who has everything open; how long each door took, in `ms` from the call's beginning. */
async function shut(around: Around, person: BenchPerson): Promise<[string, number][]> {
  const { owner, project } = around
  const doors = await open(around, person)
  const since = performance.now()
  const after = async (closed: Promise<number>) => (await closed) - since
  const params = { organizationId: project.organizationId, userId: person.userId }
  const removed = owner("DELETE /organizations/{organizationId}/members/{userId}", { params })
  const took = await Promise.all(
    Object.entries(doors).map(
      async ([door, closed]): Promise<[string, number]> => [door, await after(closed())],
    ),
  )
  await removed
  return took
}

/** Each door answers when it was seen shut; all are open by now. */
async function open({ platform, project }: Around, person: BenchPerson) {
  const origin = `http://127.0.0.1:${platform.port}`
  const by = (headers: Record<string, string>) =>
    makeClient({ baseUrl: origin, fetch, headers: () => headers })
  const call = by({ cookie: person.cookie, origin })
  const { organizationId, id: projectId } = project
  const read = (as: Call) => () =>
    as("GET /projects/{projectId}", { params: { projectId } }).then(
      () => true,
      () => false,
    )
  await until(read(call))
  const { secret } = await call("POST /organizations/{organizationId}/api-keys", {
    params: { organizationId },
    body: { name: `Robot ${person.userId.slice(0, 8)}`, permissions: ["project:read"] },
  })
  const byKey = by({ authorization: `Bearer ${secret}` })
  const cookie = await previewCookie(platform, call, project)
  const seen = async () => (await visit(platform, project.previewUrl, { cookie })).status === 200
  const live = await liveSocket(platform, { project, cookie: person.cookie })
  const visited = await previewSocket(platform, { project, cookie })
  for (const is of [read(byKey), seen]) if (!(await is())) throw new Error("a door was not open")
  return {
    "API by session": () => shutNow(read(call)),
    "API by a key of theirs": () => shutNow(read(byKey)),
    "live socket": live,
    "private preview": () => shutNow(seen),
    "WebSocket of the preview": visited,
  }
}

async function shutNow(isOpen: () => Promise<boolean>): Promise<number> {
  await until(async () => !(await isOpen()), 2)
  return performance.now()
}

interface Opened {
  project: Project
  cookie: string
}

/** Waits until a project's topic is heard; what it answers, says when that is refused or the socket ends. */
async function liveSocket(
  { port }: BenchPlatform,
  { project, cookie }: Opened,
): Promise<() => Promise<number>> {
  const headers = { cookie, origin: `http://127.0.0.1:${port}` }
  const socket = new WebSocket(`ws://127.0.0.1:${port}/api/v1/stream`, { headers })
  await once(socket, "open")
  const heard = (type: string) =>
    new Promise<void>((done) =>
      socket.on("message", (data) => JSON.parse(String(data)).type === type && done()),
    )
  const subscribed = heard("subscribed")
  const over = Promise.race([heard("refused"), once(socket, "close")]).then(() => {
    socket.terminate()
    return performance.now()
  })
  socket.send(JSON.stringify({ type: "subscribe", topic: `project:${project.id}` }))
  await subscribed
  return () => over
}

/** Waits until the app took a WebSocket; what it answers, says when that ends. */
async function previewSocket(
  { port }: BenchPlatform,
  { project, cookie }: Opened,
): Promise<() => Promise<number>> {
  const socket = connect(port, "127.0.0.1")
  const { host } = new URL(project.previewUrl)
  const head = ["GET /live HTTP/1.1", `Host: ${host}`, "Connection: Upgrade", "Upgrade: websocket"]
  socket.write([...head, `Cookie: ${cookie}`, "", ""].join("\r\n"))
  socket.on("error", () => {})
  const over = once(socket, "close").then(() => performance.now())
  const [answer] = await once(socket, "data")
  if (!String(answer).includes(" 101 ")) throw new Error(String(answer))
  return () => over
}

async function until(is: () => Promise<boolean>, everyMs = 50): Promise<void> {
  for (const since = performance.now(); performance.now() - since < 60_000; await sleep(everyMs)) {
    if (await is()) return
  }
  throw new Error("it did not come to that")
}

function print(all: Readonly<Record<string, readonly number[]>>): void {
  const whole = (value: number) => `${Math.round(value)} ms`
  printTable(`${members} members removed, one after the other: until each door is shut`, [
    ["", "median", "slowest"],
    ...Object.entries(all).map(([door, took]) => [
      door,
      whole(median(took)),
      whole(Math.max(...took)),
    ]),
  ])
  const slowest = Math.max(...Object.values(all).flat())
  printTarget(`every door within ${targetMs} ms (slowest ${whole(slowest)})`, slowest < targetMs)
}
