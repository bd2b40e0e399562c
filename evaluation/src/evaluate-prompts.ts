import type { Call } from "@vibecaas/contract/client"
import type { Browser } from "playwright-core"
import { askPlatform, logOf, removeProject } from "./ask-platform.ts"
import type { Prompt } from "./prompt.ts"
import { type Score, scoreOf } from "./score.ts"
import { tryApp } from "./try-app.ts"

export interface World {
  call: Call
  browser: Browser
  minutesMax: number
  /** confirms the first choice of a proposal that waits */
  first: boolean
  /** how long a page is waited for, in `ms` */
  patienceMs: number
}

/** Sends one prompt, tries its app, and takes it away again. */
export async function evaluatePrompt(world: World, prompt: Prompt): Promise<Score> {
  const { call, browser, minutesMax, first, patienceMs } = world
  const answer = await askPlatform(call, { prompt: prompt.text, minutesMax, first })
  try {
    const app = answer.url && {
      ...{ origin: new URL(answer.url).origin, patienceMs, language: prompt.language },
      log: () => logOf(call, answer.project),
    }
    const tried = app ? await tryApp(browser, prompt.clauses, app) : []
    return scoreOf(prompt, answer, tried)
  } finally {
    await removeProject(call, answer.project)
  }
}
