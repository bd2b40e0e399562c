import type { IdOf } from "@vibecaas/contract/kinds"
import { confirmProposal } from "../proposals/confirm-proposal.ts"
import { makeProposal } from "../proposals/make-proposal.ts"
import { startProject } from "../start-project.ts"
import type { AgentsWorld } from "./agents-world.ts"

/** What people do with proposals, in a world where no language model plans. */
export function proposingOn(world: AgentsWorld) {
  return {
    begin: (prompt: string, confirm: "ask" | "auto" = "ask") =>
      world.act((ctx) => startProject(ctx, world.parts, { prompt, preview: "private", confirm })),
    follow: (projectId: IdOf<"project">, goal: string, confirm: "ask" | "auto" = "ask") =>
      world.act((ctx) => makeProposal(ctx, world.parts, { projectId, goal, confirm })),
    confirm: (proposalId: IdOf<"proposal">, id: string, parameters = {}) =>
      world.act((ctx) =>
        confirmProposal(ctx, world.parts, { proposalId, starter: { id, parameters } }),
      ),
    settings: async (projectId: string) =>
      JSON.parse((await world.tree(projectId))["settings.json"] ?? "{}"),
  }
}
export type Proposing = ReturnType<typeof proposingOn>
