import { roleCan } from "@vibecaas/contract/permissions"
import { accessLevels, levelCan } from "@vibecaas/contract/project-access"
import { afterAll, beforeAll, expect, test } from "vitest"
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

test.each(scoped)("%s is open to a viewer with whom the project is shared", async (name, route) => {
  const permission = permissionOf(route)
  const lowest = accessLevels.find((level) => levelCan(level, permission))
  const { viewer, list, share, sees, prepare } = guests
  const { projectId, send } = await prepare(name, route)
  if (projectId === null) return
  await list(projectId)
  await share(viewer, projectId, lowest ?? "see")
  await sees(viewer, projectId, 200)
  const may = lowest !== undefined || roleCan("viewer", permission)
  await expect.poll(async () => (await send(viewer)).status).toBe(may ? route.reply.status : 403)
})
