import type { AuditVerification } from "@vibecaas/contract/kinds/audit"
import { chainStart, makeChainCheck } from "../core/audit-chain.ts"
import type { Ctx } from "../core/ctx.ts"
import { chained } from "./chained.ts"
import { findHead, listChain } from "./queries.ts"

const pageSize = 2000

/** Reads an organization's whole chain and says whether it is as it was written. */
export async function verifyChain({ db }: Pick<Ctx, "db">): Promise<AuditVerification> {
  const head = (await findHead(db)) ?? { number: 0, hash: chainStart }
  const check = makeChainCheck()
  let after = 0
  for (;;) {
    // What was written since the head was read belongs to the next look.
    const rows = await listChain(db, { limit: pageSize, after, last: head.number })
    for (const row of rows) {
      const record = chained(row)
      if (record) check.take(record)
    }
    if (rows.length < pageSize) break
    after = Number(rows.at(-1)?.number)
  }
  const seen = check.seen()
  const cut =
    seen.head.number < head.number || seen.head.hash !== head.hash
      ? { number: seen.head.number + 1, why: "The newest records are missing." }
      : null
  const broken = seen.broken ?? cut
  return { ...seen, head, broken, valid: broken === null }
}
