import type { Resource } from "../core/resource.ts"
import { needProject } from "../projects/index.ts"
import { announce } from "./announce.ts"
import type { MachineRow } from "./machine.ts"
import { findMachine } from "./queries.ts"

export const machineResource: Resource<MachineRow> = {
  noun: "machine",
  loop: "machines",
  find: (ctx, id) => findMachine(ctx.db, id),
  about: async (ctx, row) => (await needProject(ctx, row.projectId)).name,
  tell: announce,
}
