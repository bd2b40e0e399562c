import type { Browser } from "playwright-core"
import { type Tried, tryOut } from "./perform.ts"
import type { Wish } from "./prompt.ts"
import { makeVisitor } from "./visitor.ts"

/** the longest one test may take, in `ms` */
const testMsMax = 120_000

/** Tries the wishes of a prompt on its app, each with its own test; those without one stay null. */
export async function tryApp(
  browser: Browser,
  wishes: readonly Wish[],
  app: { origin: string; patienceMs: number },
): Promise<(Tried | null)[]> {
  const tried: (Tried | null)[] = []
  for (const { steps } of wishes)
    tried.push(steps ? await inTime(tryOne(browser, steps, app)) : null)
  return tried
}

type Steps = NonNullable<Wish["steps"]>

async function tryOne(
  browser: Browser,
  steps: Steps,
  app: { origin: string; patienceMs: number },
): Promise<Tried> {
  const visitor = await makeVisitor(browser, app).catch((error: Error) => error)
  if (visitor instanceof Error)
    return { state: "failed", why: `the app does not open: ${visitor.message.split("\n")[0]}` }
  try {
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
