import type { Tx } from "../../db/tenant.ts"
import { givenAs } from "../attachments/attachment.ts"
import type { RunRow } from "../run.ts"
import type { Heard } from "../work/listen.ts"
import { listAttachments } from "./attachments.ts"
import { listMessages } from "./messages.ts"

/** What people wrote to a run after its message of this number, with the files that came with it. */
export async function listHeard(tx: Tx, run: Pick<RunRow, "id">, after = 0): Promise<Heard[]> {
  const messages = await listMessages(tx, [run.id], after)
  if (messages.length === 0) return []
  const files = Map.groupBy(await listAttachments(tx, [run.id]), ({ message }) => message)
  return messages.map(({ number, sentByName: by, text }) => ({
    ...{ number, by, text },
    attachments: (files.get(number) ?? []).map(givenAs),
  }))
}
