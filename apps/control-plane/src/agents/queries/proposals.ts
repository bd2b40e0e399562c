import type { IdOf } from "@vibecaas/contract/kinds"
import type { ChosenStarter } from "@vibecaas/contract/kinds/starters"
import { invariant } from "@vibecaas/kernel/fault"
import { and, desc, eq, lt } from "drizzle-orm"
import { type ProposedAccount, proposals } from "../../db/tables/proposals.ts"
import type { Tx } from "../../db/tenant.ts"
import type { ProposalRow } from "../proposals/proposal.ts"

export async function findProposal(tx: Tx, id: IdOf<"proposal">): Promise<ProposalRow | undefined> {
  const [row] = await tx.orm.select().from(proposals).where(eq(proposals.id, id))
  return row
}

/** The row, locked until the transaction ends. */
export async function lockProposal(tx: Tx, id: IdOf<"proposal">): Promise<ProposalRow | undefined> {
  const [row] = await tx.orm.select().from(proposals).where(eq(proposals.id, id)).for("update")
  return row
}

/** Newest first; ids are as old as what they name. `before` is the last one already seen. */
export function listProposals(
  tx: Tx,
  projectId: IdOf<"project">,
  page: { limit: number; before: IdOf<"proposal"> | undefined },
): Promise<ProposalRow[]> {
  const { before } = page
  return tx.orm
    .select()
    .from(proposals)
    .where(and(eq(proposals.projectId, projectId), before && lt(proposals.id, before)))
    .orderBy(desc(proposals.id))
    .limit(page.limit)
}

export async function insertProposal(
  tx: Tx,
  row: typeof proposals.$inferInsert,
): Promise<ProposalRow> {
  const [made] = await tx.orm.insert(proposals).values(row).returning()
  invariant(made, "an insert answers its row")
  return made
}

type End = Pick<ProposalRow, "state"> & Partial<Pick<ProposalRow, "chosen" | "account" | "runId">>

/** Ends a proposal whose row is locked; answers it as it is then. */
export async function endProposal(
  tx: Tx,
  id: IdOf<"proposal">,
  { set, at }: { set: End; at: Date },
): Promise<ProposalRow> {
  const [row] = await tx.orm
    .update(proposals)
    .set({ ...set, endedAt: at, updatedAt: at })
    .where(eq(proposals.id, id))
    .returning()
  invariant(row, "a locked row is there")
  return row
}

/** Ends what waits on a project, since something else was asked for. */
export async function replaceWaiting(
  tx: Tx,
  projectId: IdOf<"project">,
  at: Date,
): Promise<ProposalRow[]> {
  return tx.orm
    .update(proposals)
    .set({ state: "replaced", endedAt: at, updatedAt: at })
    .where(and(eq(proposals.projectId, projectId), eq(proposals.state, "waiting")))
    .returning()
}

/** What was confirmed for a run. */
export interface Confirmed {
  /** what the project is made of already; null: it is empty */
  before: ChosenStarter | null
  chosen: ChosenStarter
  account: ProposedAccount
}

export async function confirmedFor(tx: Tx, runId: IdOf<"run">): Promise<Confirmed | undefined> {
  const { before, chosen, account } = proposals
  const [row] = await tx.orm
    .select({ before, chosen, account })
    .from(proposals)
    .where(eq(proposals.runId, runId))
  return row?.chosen && row.account
    ? { before: row.before, chosen: row.chosen, account: row.account }
    : undefined
}
