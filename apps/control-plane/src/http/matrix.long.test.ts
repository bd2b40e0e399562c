import { roleCan } from "@vibecaas/contract/permissions"
import { roles } from "@vibecaas/contract/roles"
import { takesKey } from "@vibecaas/contract/route"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import {
  allGrants,
  type MatrixPeople,
  matrixPeople,
  permissionOf,
} from "./testing/matrix-people.ts"
import {
  type MatrixServer,
  matrixFixtures,
  matrixServer,
  type Sender,
  scoped,
} from "./testing/matrix-server.ts"

let matrix: MatrixServer
let people: MatrixPeople
beforeAll(async () => {
  matrix = await matrixServer()
  people = await matrixPeople(matrix)
})
afterAll(() => matrix.close())

// Each makes a thing of its own, since most calls can be made about it once.
describe.each(scoped)("%s", (name, route) => {
  async function succeedsFor(sender: Sender) {
    await matrix.freeQuotas()
    const answer = await matrix.send(sender, name, await matrixFixtures[name](matrix.world))
    expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: route.reply.status })
  }
  const permission = permissionOf(route)

  test.each(roles.filter((role) => roleCan(role, permission)))(
    "is open to a person as %s",
    (role) => succeedsFor(people.members[role]),
  )

  if (takesKey(route))
    test("is open to an API key with the permission", async () =>
      succeedsFor(await people.keyOf({ permissions: allGrants })))
})
