import { parseArgs } from "node:util"
import type { Account } from "./platform-call.ts"
import { type PromptSet, sets } from "./read-prompts.ts"

export const usage = `Usage: bin/evaluate [--set open|sealed|all] [--only ID]... [--model M]... [--url URL]
       bin/evaluate --starters
       bin/evaluate match

Sends prompts to a platform as people do, tries what comes of each in a browser, and holds it against
what the platform says that it built. Starts a platform of its own, unless one is named.

  --set SET       open (the default), sealed or all; nobody looks into the sealed ones while working
  --only ID       this prompt alone; may be repeated
  --model M       as VIBECAAS_MODEL has it, for example anthropic:NAME; repeated, each is measured
  --url URL       a platform that runs; --email says who signs in, and VIBECAAS_EVALUATE_PASSWORD how
  --first         without a key: confirms the first choice of a proposal that waits, as it is
  --minutes N     how long each prompt may take (30)
  --out FILE      where the result is written as JSON (.cache/evaluation/)
  --starters      no prompts: begins a project with each starter and looks at its first page
  match           how well prompts are understood without a language model, by its own prompts

Ends with 0 when all was measured, whatever came out, with 1 when something could not be, with 2 when
the arguments are wrong.
`

export interface Options {
  sets: readonly PromptSet[]
  only: readonly string[]
  /** as `VIBECAAS_MODEL` has them; null: what the platform has by itself */
  models: readonly (string | null)[]
  /** a platform that runs, with who signs in */
  given: { url: string; who: Account } | null
  minutesMax: number
  out: string | null
  starters: boolean
  /** confirms the first choice of a proposal that waits */
  first: boolean
}

/** Says what is wrong with the arguments, or nothing when help was asked for. */
export class Usage extends Error {}

/** @throws Usage */
export function readOptions(argv: string[], env: NodeJS.ProcessEnv): Options {
  const values = parse(argv)
  if (values.help) throw new Usage("")
  const set = values.set ?? "open"
  if (set !== "all" && !isSet(set)) throw new Usage(`--set is open, sealed or all, not ${set}.`)
  const minutesMax = Number(values.minutes)
  if (!(minutesMax > 0)) throw new Usage("--minutes is a number above 0.")
  if (values.url && values.model.length > 0)
    throw new Usage("--model is for a platform that is started here: one at --url has its own.")
  return {
    sets: set === "all" ? sets : [set],
    only: values.only,
    models: values.model.length > 0 ? values.model : [null],
    given: values.url ? { url: originOf(values.url), who: whoOf(values.email, env) } : null,
    ...{ minutesMax, out: values.out ?? null, starters: values.starters, first: values.first },
  }
}

function parse(argv: string[]) {
  const options = {
    help: { type: "boolean", short: "h", default: false },
    set: { type: "string" },
    only: { type: "string", multiple: true, default: [] as string[] },
    model: { type: "string", multiple: true, default: [] as string[] },
    url: { type: "string" },
    email: { type: "string" },
    minutes: { type: "string", default: "30" },
    out: { type: "string" },
    starters: { type: "boolean", default: false },
    first: { type: "boolean", default: false },
  } as const
  try {
    return parseArgs({ args: argv, options }).values
  } catch (error) {
    throw new Usage(error instanceof Error ? error.message : String(error))
  }
}

const isSet = (word: string): word is PromptSet => (sets as readonly string[]).includes(word)

function originOf(url: string): string {
  if (!URL.canParse(url)) throw new Usage(`--url is an address, not ${url}.`)
  return new URL(url).origin
}

function whoOf(email: string | undefined, env: NodeJS.ProcessEnv): Account {
  const password = env.VIBECAAS_EVALUATE_PASSWORD
  if (!email || !password)
    throw new Usage("--url needs --email, and the password in VIBECAAS_EVALUATE_PASSWORD.")
  return { email, password }
}
