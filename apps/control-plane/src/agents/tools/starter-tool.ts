import { type ChosenStarter, chosenStarter } from "@vibecaas/contract/kinds/starters"
import { fault } from "@vibecaas/kernel/fault"
import { filesOf, modelPath, settingsPath } from "@vibecaas/starters/files-of"
import type { Starter } from "@vibecaas/starters/starter"
import { tool } from "ai"
import { z } from "zod"
import { searchStarters, showChoices } from "../../starters/index.ts"
import { isMadeOf } from "../proposals/starter-shelf.ts"
import { brief } from "../whole-words.ts"
import { allTests } from "../work/test-runners.ts"
import { type ToolDesk, toolCall } from "./tool-call.ts"
import { told } from "./writing-tools.ts"

/** Lets a project begin with an app that is written and tested already, or changes its values: one commit. */
export function useStarter(desk: ToolDesk) {
  const { files, starters } = desk.bench
  return tool({
    description:
      "Writes all files of a starter, with the values of its parameters, into an empty project. Where the project is made of this starter already, only the values are written.",
    inputSchema: chosenStarter,
    execute: toolCall(desk, "use_starter", async (input: ChosenStarter, mark) => {
      const starter = await starters.check(input)
      const begins = (await files.head()) === null
      const title = `${begins ? "began with" : "set"} ${starter.name.en}`
      const written = filesOf(starter, input.parameters)
      const done = await files.change(mark(title), async (commit) => {
        if (commit === null) return written
        if (await isMadeOf(files, starter)) return written.filter(({ path }) => values.has(path))
        throw fault("invalid", {
          say: "A starter begins an empty project, and this one has other files.",
        })
      })
      const [tests] = await allTests(files)
      return told(title, done, { tests })
    }),
  })
}

const shownMax = 8

/** Shows apps with which an empty project can begin, the best match first. */
export function listStarters(desk: ToolDesk) {
  return tool({
    description:
      "Lists tested apps with which an empty project can begin by use_starter, with what each includes and its parameters. Search by words such as kanban or invoices; the best match comes first.",
    inputSchema: z.object({ search: z.string().max(200) }),
    execute: toolCall(desk, "list_starters", async ({ search }: { search: string }) => {
      const found = searchStarters(await desk.bench.starters.all(), { search })
      const shown = found.slice(0, shownMax).map(inEnglish)
      const title = `looked for starters: ${brief(search, 60)}`
      return { title, output: { starters: shown, more: found.length - shown.length } }
    }),
  })
}

function inEnglish(starter: Starter) {
  const { id, name, summary } = starter
  const { includes, parameters } = showChoices(starter)
  return {
    ...{ id, name: name.en, summary: summary.en, includes: includes.map(({ says }) => says.en) },
    parameters: parameters.map(({ label, ...parameter }) => ({ ...parameter, label: label.en })),
  }
}

const values = new Set([settingsPath, modelPath])
