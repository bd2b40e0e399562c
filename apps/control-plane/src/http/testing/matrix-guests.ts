import type { ObjectName } from "@vibecaas/contract/kinds"
import type { Route, RouteName } from "@vibecaas/contract/routes"
import { expect } from "vitest"
import { placeOf } from "../../db/named-functions.ts"
import { type MatrixServer, matrixFixtures } from "./matrix-server.ts"
import type { MatrixCall } from "./matrix-world.ts"
import type { TestAnswer, TestPerson } from "./test-client.ts"

export interface MatrixGuests {
  /** belongs to no more than what is shared with them */
  guest: TestPerson
  /** a member whose role sees everything and changes nothing */
  viewer: TestPerson
  /** A call, the project that it is about (null for one about the organization), and how it is sent. */
  prepare(
    name: RouteName,
    route: Route,
  ): Promise<{
    call: MatrixCall
    projectId: string | null
    send: (who: TestPerson) => Promise<TestAnswer>
  }>
  /** keeps a project to who is named */
  list(projectId: string): Promise<unknown>
  share(who: TestPerson, projectId: string, level: string): Promise<unknown>
  /** resolves once reading the project answers them so: the server hears of what was written a moment later */
  sees(who: TestPerson, projectId: string, status: number): Promise<void>
}

/** Whoever sees some projects only. */
export async function matrixGuests(matrix: MatrixServer): Promise<MatrixGuests> {
  const { server, world } = matrix
  const sql = (text: string, values: unknown[]) => world.db.adminPool.query(text, values)
  const guest = await server.person("Guest")
  const viewer = await server.person("Viewer")
  await server.join(viewer, world.organizationId, "viewer")
  await matrix.setTeamPlan()
  const projectOf = async ({ access }: Route, call: MatrixCall) => {
    if (access.by !== "object") return null
    const id = call.params?.[access.from] ?? call.query?.[access.from] ?? call.body?.[access.from]
    const place = await placeOf(world.db.database, access.object as ObjectName, String(id))
    return place?.projectId ?? null
  }
  return {
    ...{ guest, viewer },
    async prepare(name, route) {
      await matrix.freeQuotas()
      const call = await matrixFixtures[name](world)
      const projectId = await projectOf(route, call)
      return { call, projectId, send: (who) => matrix.send(who, name, call) }
    },
    list: (id) => sql("update projects set audience = 'listed' where id = $1", [id]),
    share: (who, projectId, level) =>
      sql(
        `insert into project_people (organization_id, project_id, user_id, level)
         values ($1, $2, $3, $4) on conflict (project_id, user_id) do update set level = excluded.level`,
        [world.organizationId, projectId, who.userId, level],
      ),
    sees: (who, projectId, status) =>
      expect
        .poll(async () => (await who.call(`GET /projects/${projectId}`)).status, { interval: 5 })
        .toBe(status),
  }
}
