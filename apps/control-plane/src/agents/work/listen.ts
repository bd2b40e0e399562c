import { z } from "zod"
import type { MessageRow } from "../message.ts"
import { brief } from "../whole-words.ts"
import type { CallName, Journal } from "./journal.ts"

/**
 * What people wrote to the run since the task last heard of them. That it was heard, and before which
 * call of a model, is in the journal: a replay hears the same at the same place.
 *
 * @param before the name of the model's call that is about to be made
 */
export type Listen = (before: Pick<CallName, "tryNumber" | "callKey">) => Promise<readonly Heard[]>

const heard = z.object({ number: z.number(), by: z.string(), text: z.string() })
export type Heard = z.infer<typeof heard>
const output = z.object({ messages: z.array(heard) })

export function makeListen(parts: {
  journal: Journal
  /** the last message that the task was told of as it began */
  known: number
  /** messages with a higher number */
  sent: (after: number) => Promise<readonly MessageRow[]>
}): Listen {
  const { journal, sent } = parts
  let { known } = parts
  return async ({ tryNumber, callKey }) => {
    const name = { kind: "message" as const, name: "message", tryNumber }
    const call = { ...name, callKey: `heard-${callKey}` }
    const asked = journal.find({ ...name, callKey }) !== undefined
    if (asked && !journal.find(call)) return []
    const news = journal.find(call) ? [] : await sent(known)
    if (news.length === 0 && !journal.find(call)) return []
    const messages = news.map(({ number, sentByName, text }) => ({ number, by: sentByName, text }))
    const row = await journal.once(call, async () => ({
      title: `read what ${messages[0]?.by} wrote: “${brief(messages[0]?.text ?? "", 160)}”`,
      ok: true,
      input: null,
      output: { messages },
    }))
    const said = output.parse(row.output).messages
    known = said.at(-1)?.number ?? known
    return said
  }
}
