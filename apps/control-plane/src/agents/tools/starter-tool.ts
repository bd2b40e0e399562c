import { type ChosenStarter, chosenStarter } from "@vibecaas/contract/kinds/starters"
import { fault } from "@vibecaas/kernel/fault"
import { filesOf, modelPath, settingsPath } from "@vibecaas/starters/files-of"
import { tool } from "ai"
import { isMadeOf } from "../proposals/starter-shelf.ts"
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
      return told(title, done)
    }),
  })
}

const values = new Set([settingsPath, modelPath])
