import { accessLevels, levelCan } from "@vibecaas/contract/project-access"
import type { Route } from "@vibecaas/contract/routes"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { type MatrixGuests, matrixGuests } from "./testing/matrix-guests.ts"
import { permissionOf } from "./testing/matrix-people.ts"
import { type MatrixServer, matrixServer, scoped } from "./testing/matrix-server.ts"

let matrix: MatrixServer
let guests: MatrixGuests
beforeAll(async () => {
  matrix = await matrixServer()
  guests = await matrixGuests(matrix)
})
afterAll(() => matrix.close())

type Prepared = Awaited<ReturnType<MatrixGuests["prepare"]>>

describe.each(scoped)("%s", (name, route) => {
  const permission = permissionOf(route)
  const lowest = accessLevels.find((level) => levelCan(level, permission))

  async function refusesGuestsBelow(projectId: string, { call, send }: Prepared) {
    const { guest, share, sees } = guests
    expect(await send(guest)).toMatchObject({ status: 404, body: { code: "not_found" } })
    await share(guest, projectId, "see")
    await sees(guest, projectId, 200)
    if (lowest === "see") return
    const before = await matrix.stateOf(call)
    expect(await send(guest)).toMatchObject({ status: 403, body: { code: "forbidden" } })
    expect(await matrix.stateOf(call)).toEqual(before)
  }

  async function tellsMembersToAsk(projectId: string, { call, send }: Prepared) {
    const { viewer, list, sees } = guests
    await list(projectId)
    await sees(viewer, projectId, 403)
    const before = await matrix.stateOf(call)
    const refused = await send(viewer)
    if (route.whenHidden) return expect(refused.status).toBe(route.reply.status)
    expect(refused).toMatchObject({ status: 403, body: { code: "access_needed" } })
    expect(await matrix.stateOf(call)).toEqual(before)
  }

  test("a guest of a project may call it from the level that has it, and a member who does not see it is told to ask", async () => {
    const prepared = await guests.prepare(name, route)
    const { projectId, send } = prepared
    if (projectId === null) return isClosedToGuests(route, prepared)
    await refusesGuestsBelow(projectId, prepared)
    await tellsMembersToAsk(projectId, prepared)
    await guests.share(guests.guest, projectId, lowest ?? "deploy")
    const status = lowest ? route.reply.status : 403
    await expect.poll(async () => (await send(guests.guest)).status).toBe(status)
  })
})

async function isClosedToGuests(route: Route, { send }: Prepared) {
  const answer = await send(guests.guest)
  if (route.keepsToProjects) expect(answer.status).not.toBe(403)
  else expect(answer).toMatchObject({ status: 404, body: { code: "not_found" } })
}
