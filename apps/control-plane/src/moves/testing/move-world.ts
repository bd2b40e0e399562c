import { join } from "node:path"
import type { IdOf } from "@vibecaas/contract/kinds"
import { silentLog } from "@vibecaas/kernel/log"
import { makeSnapshots } from "../../apps/index.ts"
import { mortal } from "../../apps/testing/mortal.ts"
import type { Ctx } from "../../core/ctx.ts"
import {
  createOrganization,
  type SeededOrganization,
  testMasterKey,
} from "../../db/testing/seed.ts"
import { type TestDatabase, testDatabase } from "../../db/testing/test-database.ts"
import { testTurn } from "../../db/testing/test-turn.ts"
import { findMachineOfProject, type LiveMachines } from "../../machines/index.ts"
import { makeGit, makeRepositories, makeSaving, needProject } from "../../projects/index.ts"
import { makeVault } from "../../secrets/vault.ts"
import type { MovesParts } from "../moves-parts.ts"
import { moveLoop } from "../reconcile-move.ts"

export interface MoveWorld {
  db: TestDatabase
  org: SeededOrganization
  parts: MovesParts
  act<T>(action: (ctx: Ctx) => Promise<T>, of?: SeededOrganization): Promise<T>
  /** one turn of the loop, to its rest; the process may die after so many transactions */
  turn(id: IdOf<"move">, how?: { diesAfter?: number; of?: SeededOrganization }): Promise<unknown>
  /** what is wanted of a project, and of its machine */
  wanted(projectId: IdOf<"project">): Promise<string>
  isWanted(projectId: IdOf<"project">): Promise<string | undefined>
  close(): Promise<void>
}

/** Real PostgreSQL and real git; turns are taken one by one, and no machine is started. */
export async function moveWorld(folder: string, way: MovesParts["way"]): Promise<MoveWorld> {
  const db = await testDatabase()
  const org = await createOrganization(db, { plan: "team", personal: false })
  const { clock, newId, scope } = db
  const root = join(folder, "repositories")
  const git = makeGit("git")
  const none: Pick<LiveMachines, "ofProject"> = { ofProject: () => [] }
  const parts: MovesParts = {
    ...{ ...db, log: silentLog, masterKey: testMasterKey, way, saving: makeSaving() },
    repositories: makeRepositories({ root, git, newId, now: () => clock.now() }),
    snapshots: makeSnapshots({ root: join(folder, "snapshots"), clock }),
    vault: makeVault({ masterKey: testMasterKey }),
    // Nothing else of it is asked where no machine runs.
    live: none as LiveMachines,
    previewUrl: (slug) => `http://${slug}.preview.localhost`,
    due: async () => [],
  }
  const act: MoveWorld["act"] = (action, of = org) =>
    scope({ organizationId: of.organizationId, actor: of.actor }, action)
  return {
    ...{ db, org, parts, act },
    async turn(id, { diesAfter = Number.POSITIVE_INFINITY, of = org } = {}) {
      const loop = moveLoop({ ...parts, scope: mortal(scope, diesAfter).scope })
      const key = { organizationId: of.organizationId, id }
      return loop.reconcile(await testTurn(db.adminPool, { loop: "moves", key }))
    },
    wanted: async (id) => (await act((ctx) => needProject(ctx, id))).wanted,
    isWanted: async (id) => (await act((ctx) => findMachineOfProject(ctx.db, id)))?.wanted,
    close: () => db.close(),
  }
}
