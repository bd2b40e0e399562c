import { Readable } from "node:stream"
import type { App } from "@vibecaas/contract/kinds/apps"
import {
  type Fixture,
  type Fixtures,
  type MatrixWorld,
  made,
  withBody,
} from "../../http/testing/matrix-world.ts"
import { makeCommit } from "../../projects/testing/matrix-fixtures.ts"
import { makeSnapshots } from "../snapshots.ts"

const backup: Fixture = async (world) => ({ params: { backupId: await makeBackup(world) } })
const withApp: Fixture = async (world) => ({
  params: { projectId: (await makeApp(world)).projectId },
})

export const backupFixtures = {
  "GET /projects/{projectId}/backups": withApp,
  "POST /projects/{projectId}/backups": withBody(withApp, { note: "Before the sale" }),
  "GET /backups/{backupId}": backup,
  "GET /backups/{backupId}/archive": backup,
  "POST /backups/{backupId}/restore": backup,
  "DELETE /backups/{backupId}": backup,
} satisfies Partial<Fixtures<"apps">>

export async function makeApp(world: MatrixWorld): Promise<App> {
  const { projectId } = await makeCommit(world)
  return made(await world.owner.call(`POST /projects/${projectId}/apps`, { body: {} }))
}

/** A backup that is kept, with its archive. */
async function makeBackup(world: MatrixWorld): Promise<string> {
  const { projectId, organizationId } = await makeApp(world)
  const { adminPool, clock, newId } = world.db
  const id = newId("bak")
  const snapshots = makeSnapshots({ root: `${world.root}/snapshots`, clock })
  const { bytes, sha256 } = await snapshots.write(
    { projectId, id },
    Readable.from([Buffer.from("data")]),
  )
  await adminPool.query(
    `insert into backups (id, organization_id, project_id, state, reason, bytes, sha256, created_by_name)
     values ($1, $2, $3, 'kept', 'asked', $4, $5, 'Mara')`,
    [id, organizationId, projectId, bytes, sha256],
  )
  return id
}
