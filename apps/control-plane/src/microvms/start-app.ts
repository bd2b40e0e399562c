import type { Ctx } from "../core/ctx.ts"
import { ensureMachine } from "./ensure-machine.ts"
import type { MicrovmRow } from "./microvm.ts"
import { freshApp, freshStart, want } from "./want.ts"

/**
 * Asks for a commit to run as the project's app, in place of what runs; makes the machine when
 * there is none. Asking for the commit that runs already changes nothing that runs.
 *
 * @throws Fault `not_found`, `wrong_state`, `quota_exceeded`
 */
export async function startApp(
  ctx: Ctx,
  of: { projectId: string; commit: string; trust: MicrovmRow["trust"] },
): Promise<MicrovmRow> {
  const row = await ensureMachine(ctx, of)
  const another = row.appCommitWanted !== of.commit
  return want(ctx, row, {
    action: "app.start",
    details: { commit: of.commit },
    set: {
      ...freshStart(row),
      ...(another ? freshApp : {}),
      ...raisedTrust(row, of.trust),
      appCommitWanted: of.commit,
    },
  })
}

/**
 * Code that nobody vouches for makes the whole machine untrusted, for good: what it left in `/data`
 * stays. The machine boots again, so that its driver may refuse.
 */
export function raisedTrust(row: MicrovmRow, trust: MicrovmRow["trust"]) {
  if (row.trust === "untrusted" || trust === "blueprint") return {}
  return { trust, restartWanted: row.restartWanted + 1 }
}
