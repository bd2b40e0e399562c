import type { ObjectName } from "@vibecaas/contract/kinds"
import { roleCan } from "@vibecaas/contract/permissions"
import { accessLevels, levelCan } from "@vibecaas/contract/project-access"
import type { Route, RouteName } from "@vibecaas/contract/routes"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { placeOf } from "../db/named-functions.ts"
import { type MatrixServer, matrixFixtures, matrixServer, scoped } from "./testing/matrix-server.ts"
import type { MatrixCall } from "./testing/matrix-world.ts"
import type { TestPerson } from "./testing/test-client.ts"

let matrix: MatrixServer
/** belongs to no more than what is shared with them */
let guest: TestPerson
/** a member whose role sees everything and changes nothing */
let viewer: TestPerson
beforeAll(async () => {
  matrix = await matrixServer()
  guest = await matrix.server.person("Guest")
  viewer = await matrix.server.person("Viewer")
  await matrix.server.join(viewer, matrix.world.organizationId, "viewer")
  await matrix.setTeamPlan()
})
afterAll(() => matrix.close())

const sql = (text: string, values: unknown[]) => matrix.world.db.adminPool.query(text, values)

/** The project that a call is about; null for one that is about the organization. */
async function projectOf({ access }: Route, call: MatrixCall): Promise<string | null> {
  if (access.by !== "object") return null
  const id = call.params?.[access.from] ?? call.query?.[access.from] ?? call.body?.[access.from]
  const place = await placeOf(matrix.world.db.database, access.object as ObjectName, String(id))
  return place?.projectId ?? null
}

/** The server hears of what was written a moment later. */
const sees = (who: TestPerson, projectId: string, status: number) =>
  expect
    .poll(async () => (await who.call(`GET /projects/${projectId}`)).status, { interval: 5 })
    .toBe(status)

const listed = (projectId: string) =>
  sql("update projects set audience = 'listed' where id = $1", [projectId])

function share(who: TestPerson, projectId: string, level: string) {
  const text = `insert into project_people (organization_id, project_id, user_id, level)
    values ($1, $2, $3, $4) on conflict (project_id, user_id) do update set level = excluded.level`
  return sql(text, [matrix.world.organizationId, projectId, who.userId, level])
}

async function prepare(name: RouteName, route: Route) {
  await matrix.freeQuotas()
  const call = await matrixFixtures[name](matrix.world)
  const projectId = await projectOf(route, call)
  return { call, projectId, send: (who: TestPerson) => matrix.send(who, name, call) }
}

describe.each(scoped)("%s", (name, route) => {
  const permission = "permission" in route.access ? route.access.permission : "organization:read"
  const lowest = accessLevels.find((level) => levelCan(level, permission))

  test("for a guest of a project it is open from the level that has it, there and nowhere else", async () => {
    const { call, projectId, send } = await prepare(name, route)
    if (projectId === null) {
      const answer = await send(guest)
      if (route.keepsToProjects) expect(answer.status).not.toBe(403)
      else expect(answer).toMatchObject({ status: 404, body: { code: "not_found" } })
      return
    }
    expect(await send(guest)).toMatchObject({ status: 404, body: { code: "not_found" } })
    await share(guest, projectId, "see")
    await sees(guest, projectId, 200)
    if (lowest !== "see") {
      const below = await matrix.stateOf(call)
      expect(await send(guest)).toMatchObject({ status: 403, body: { code: "forbidden" } })
      expect(await matrix.stateOf(call)).toEqual(below)
    }
    await share(guest, projectId, lowest ?? "deploy")
    const status = lowest ? route.reply.status : 403
    await expect.poll(async () => (await send(guest)).status, { timeout: 20_000 }).toBe(status)
  })

  test("a member who does not see the project is told to ask, until it is shared with them", async () => {
    const { call, projectId, send } = await prepare(name, route)
    if (projectId === null) return
    await listed(projectId)
    await sees(viewer, projectId, 403)
    const before = await matrix.stateOf(call)
    const refused = await send(viewer)
    if (route.whenHidden) return expect(refused.status).toBe(route.reply.status)
    expect(refused).toMatchObject({ status: 403, body: { code: "access_needed" } })
    expect(await matrix.stateOf(call)).toEqual(before)
    await share(viewer, projectId, lowest ?? "see")
    await sees(viewer, projectId, 200)
    const may = lowest !== undefined || roleCan("viewer", permission)
    const { status } = await send(viewer)
    expect(status).toBe(may ? route.reply.status : 403)
  })
})
