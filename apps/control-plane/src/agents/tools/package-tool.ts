import { packageName, packageSpec, packagesPerChange } from "@vibecaas/contract/kinds/packages"
import { tool } from "ai"
import { z } from "zod"
import { lockFile, manifestFile } from "../../packages/index.ts"
import { brief } from "../whole-words.ts"
import { type ToolDesk, toolCall } from "./tool-call.ts"

const input = z.object({
  add: z.array(packageSpec).max(packagesPerChange).optional(),
  remove: z.array(packageName).max(packagesPerChange).optional(),
  dev: z.boolean().optional().describe("what is added is needed only to build and test"),
})
type Input = z.infer<typeof input>

/** Adds packages of the registry to the project's files, installed for commands and for the app. */
export function installPackages(desk: ToolDesk) {
  const { files, machine, signal } = desk.bench
  return tool({
    description:
      "Adds npm packages to the project by name, such as react@19, or takes them away; package.json and package-lock.json are written, and commands and the app find the packages. Without names it installs what package.json names. Packages come from npm's registry alone, and their install scripts do not run.",
    inputSchema: input,
    execute: toolCall(desk, "install_packages", (asked: Input, mark) =>
      machine.use(async (session) => {
        const change = { add: asked.add ?? [], remove: asked.remove ?? [], dev: asked.dev === true }
        const title = titleOf(change)
        const commit = mark(title)
        const base = await files.baseOf(commit)
        let known = base
        let came = await session.changePackages(base, { ...change, signal })
        const done = await files.change(commit, async (head) => {
          // Somebody wrote files meanwhile, perhaps these.
          if (head !== known) came = await session.changePackages(head, { ...change, signal })
          known = head
          return [
            { path: manifestFile, content: Buffer.from(came.files.manifest) },
            { path: lockFile, content: Buffer.from(came.files.lock) },
          ]
        })
        const { paths, linesAdded, linesRemoved } = done
        const output = { packages: came.direct, installed: came.count, changed: paths }
        if (!done.committed || !done.commit) return { title, output }
        return { title, output, changed: { commit: done.commit, linesAdded, linesRemoved } }
      }),
    ),
  })
}

function titleOf({ add, remove }: { add: readonly string[]; remove: readonly string[] }): string {
  const words = [
    ...(add.length > 0 ? [`added ${add.join(", ")}`] : []),
    ...(remove.length > 0 ? [`removed ${remove.join(", ")}`] : []),
  ]
  return brief(words.join("; ") || "installed the packages", 160)
}
