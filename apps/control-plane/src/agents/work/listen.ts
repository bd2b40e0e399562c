import { z } from "zod"
import type { Shown } from "../attachments/attached-files.ts"
import { given } from "../attachments/attachment.ts"
import { brief } from "../whole-words.ts"
import type { CallName, Journal } from "./journal.ts"

/**
 * What people wrote to the run since the task last heard of them. That it was heard, and before which
 * call of a model, is in the journal: a replay hears the same at the same place.
 *
 * @param before the name of the model's call that is about to be made
 */
export type Listen = (
  before: Pick<CallName, "tryNumber" | "callKey">,
) => Promise<readonly (Heard & { shown: Shown[] })[]>

const heard = z.object({
  ...{ number: z.number(), by: z.string(), text: z.string() },
  /** files that came with it */
  attachments: z.array(given).default([]),
})
export type Heard = z.infer<typeof heard>
const output = z.object({ messages: z.array(heard) })

/** What was heard, by the row of it; nothing by any other row. */
export const heardIn = (call: { output: unknown }): Heard[] =>
  output.safeParse(call.output).data?.messages ?? []

export function makeListen(parts: {
  journal: Journal
  /** the last message that the task was told of as it began */
  known: number
  /** messages with a higher number */
  sent: (after: number) => Promise<readonly Heard[]>
  /** images as a model is shown them */
  show: (given: Heard["attachments"]) => Promise<Shown[]>
}): Listen {
  const { journal, sent, show } = parts
  let { known } = parts
  return async ({ tryNumber, callKey }) => {
    const name = { kind: "message" as const, name: "message", tryNumber }
    const call = { ...name, callKey: `heard-${callKey}` }
    const asked = journal.find({ ...name, callKey }) !== undefined
    if (asked && !journal.find(call)) return []
    const news = journal.find(call) ? [] : await sent(known)
    if (news.length === 0 && !journal.find(call)) return []
    const row = await journal.once(call, async () => ({
      title: `read what ${news[0]?.by} wrote: “${brief(news[0]?.text ?? "", 160)}”`,
      ok: true,
      input: null,
      output: { messages: news },
    }))
    const said = output.parse(row.output).messages
    known = said.at(-1)?.number ?? known
    return Promise.all(said.map(async (each) => ({ ...each, shown: await show(each.attachments) })))
  }
}
