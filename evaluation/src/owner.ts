import { fill, fillTheRest, send } from "./fill.ts"
import { ask, find } from "./on-page.ts"
import { settle, soon, type Visitor } from "./visitor.ts"
import { preferencesOf } from "./words.ts"

const password = "a-long-enough-password"

/** What an app's log tells its owner: the code to come in with, and the path where it is asked for. */
function toldOwner(log: string): { code: string; path: string } | undefined {
  const lines = log.split("\n").filter((line) => /\bcode\b/i.test(line))
  const [, code] =
    /\bcode\b\W*(?:is|ist|lautet|est|es)?\W*([A-Z0-9][A-Z0-9-]{4,})/i.exec(lines.at(-1) ?? "") ?? []
  const [, path = "/"] = /\s(\/[\w/-]+)/.exec(lines.at(-1) ?? "") ?? []
  return code === undefined ? undefined : { code, path }
}

/** Whether an app tells its owner in its log how to come in. */
export const hasOwner = (log: string): boolean => toldOwner(log) !== undefined

/**
 * Comes in as whoever the app belongs to: with the code that it wrote into its log, which whoever
 * made the project can read, or with the password that was chosen by it before.
 */
export async function becomeOwner(visitor: Visitor, log: string): Promise<void> {
  const { path, code } = toldOwner(log) ?? { path: "/", code: "" }
  await visitor.open(path)
  await ask(visitor, "forget")
  const asked = await soon(visitor, () => find(visitor, "field", preferencesOf("code"), {}))
  if (asked) await fill(visitor, asked, code)
  for (;;) {
    const secret = await find(visitor, "passwordField")
    if (!secret) break
    await fill(visitor, secret, password)
  }
  const near = asked ?? (await find(visitor, "anyField"))
  if (!near) return visitor.open("/")
  await fillTheRest(visitor, near, false)
  await send(visitor, near, "{signIn}|{submit}")
  await settle(visitor.page())
  await visitor.open("/")
}
