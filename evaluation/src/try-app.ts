import type { Browser } from "playwright-core"
import { becomeOwner, hasOwner } from "./owner.ts"
import { type Tried, tryOut } from "./perform.ts"
import type { Wish } from "./prompt.ts"
import { makeVisitor, type Visited } from "./visitor.ts"

/** the longest one test may take, in `ms` */
const testMsMax = 120_000

/** An app, and what whoever made it can read of it. */
export interface App extends Visited {
  log(): Promise<string>
}

/** Tries the wishes of a prompt on its app, each with its own test; those without one stay null. */
export async function tryApp(
  browser: Browser,
  wishes: readonly Wish[],
  app: App,
): Promise<(Tried | null)[]> {
  const tried: (Tried | null)[] = []
  for (const { steps } of wishes)
    tried.push(steps ? await inTime(tryEither(browser, steps, app)) : null)
  return tried
}

type Steps = NonNullable<Wish["steps"]>

/** As anybody; what does not work then, as the app's owner, if it has one. */
async function tryEither(browser: Browser, steps: Steps, app: App): Promise<Tried> {
  const anybody = await tryOne(browser, app, { steps })
  if (anybody.state === "passed") return anybody
  const log = await app.log()
  return hasOwner(log) ? tryOne(browser, app, { steps, ownersLog: log }) : anybody
}

async function tryOne(
  browser: Browser,
  app: App,
  { steps, ownersLog }: { steps: Steps; ownersLog?: string },
): Promise<Tried> {
  const visitor = await makeVisitor(browser, app).catch((error: Error) => error)
  if (visitor instanceof Error)
    return { state: "failed", why: `the app does not open: ${visitor.message.split("\n")[0]}` }
  try {
    if (ownersLog !== undefined) await becomeOwner(visitor, ownersLog).catch(() => {})
    return await tryOut(visitor, steps)
  } finally {
    await visitor.close()
  }
}

async function inTime(test: Promise<Tried>): Promise<Tried> {
  const late = { timer: undefined as NodeJS.Timeout | undefined }
  const end = new Promise<Tried>((done) => {
    const why = `it took longer than ${testMsMax / 1000} s`
    late.timer = setTimeout(() => done({ state: "failed", why }), testMsMax)
  })
  return Promise.race([test, end]).finally(() => clearTimeout(late.timer))
}
