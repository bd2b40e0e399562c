import { tool } from "ai"
import { z } from "zod"
import { type Accounted, occursIn, openClauses, openPassages } from "../account.ts"
import { brief } from "../whole-words.ts"
import { accountsIn, messagesIn, sinceChange } from "../work/floor.ts"
import { proof, proofIn } from "../work/proof.ts"
import { type ToolDesk, toolCall } from "./tool-call.ts"

const wish = z.object({
  words: z.string().min(1).max(4000).describe("the clause, letter by letter"),
  built: z.boolean(),
  asksNothing: z
    .boolean()
    .optional()
    .describe("of a passage of a message that asks for nothing, such as thanks; not built then"),
  proof: proof.optional().describe("of what is built: a call of yours that shows it"),
  why: z.string().min(1).max(500).optional().describe("of what is not built: the reason"),
})
type Wish = z.infer<typeof wish>

/** Lets whoever did not write the code say what became of each wish, by what their own calls showed. */
export function accountFor(desk: ToolDesk) {
  return tool({
    description:
      "Says what became of clauses of the goal: built, with a proof among your own calls since files last changed, or not built, with the reason. The last word on a clause counts. A passage of the goal that is a wish and in no clause can be accounted for too. What people wrote in messages is accounted for passage by passage, each letter by letter.",
    inputSchema: z.object({ clauses: z.array(wish).min(1).max(200) }),
    execute: toolCall(desk, "account_for", async ({ clauses }: { clauses: Wish[] }) => {
      const { journal, asked } = desk
      const judged = clauses.map((each) => judge(each, desk))
      const account = judged.flatMap((each) => ("say" in each ? [] : [each]))
      const wrong = judged.flatMap((each) => ("say" in each ? [each.say] : []))
      const said = [...asked.accounts, ...accountsIn(journal), ...account]
      const open = [...openClauses(asked.clauses, said), ...openPassages(messagesOf(desk), said)]
      const title = `accounted for ${account.length} of ${clauses.length} wishes`
      return { title, ok: wrong.length === 0, output: { account, wrong, open } }
    }),
  })
}

const messagesOf = ({ asked, journal }: ToolDesk) => [...asked.messages, ...messagesIn(journal)]

function judge(wish: Wish, desk: ToolDesk): Accounted | { say: string } {
  const { journal, asked } = desk
  const { words, built, why } = wish
  const inMessage = messagesOf(desk).some((text) => occursIn(text, words))
  const known = asked.clauses.some((clause) => clause.words === words)
  const quoted = `“${brief(words, 80)}”`
  if (!known && !inMessage && !occursIn(asked.goal, words)) {
    return { say: `Neither the goal nor a message says ${quoted}.` }
  }
  if (wish.asksNothing) {
    return inMessage && !known
      ? { words, state: "asks_nothing", why: "It asks for nothing." }
      : { say: `${quoted} is no passage of a message: say whether it is built.` }
  }
  if (!built) {
    return why === undefined
      ? { say: `${quoted}: say why it is not built.` }
      : { words, state: "not_built", why }
  }
  if (!wish.proof) return { say: `${quoted}: what is built needs a proof.` }
  const found = proofIn(sinceChange(journal), wish.proof)
  return "say" in found
    ? { say: `${quoted}: ${found.say}` }
    : { words, state: "built", why: found.why }
}
