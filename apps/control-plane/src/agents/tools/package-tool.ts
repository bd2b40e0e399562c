import {
  packageEcosystem,
  packageName,
  packageSpec,
  packagesPerChange,
} from "@vibecaas/contract/kinds/packages"
import { tool } from "ai"
import { z } from "zod"
import { brief } from "../whole-words.ts"
import { type ToolDesk, toolCall } from "./tool-call.ts"

const input = z.object({
  ecosystem: packageEcosystem
    .optional()
    .describe("where they come from; the one that the project uses when absent, or npm"),
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
      "Adds packages to the project by name, such as react@19 from npm or fastapi==0.115.0 from Python's index (ecosystem python) or github.com/go-chi/chi/v5 from Go's module proxy (ecosystem go) or serde@1+derive, a crate with a feature (ecosystem rust), or takes them away. The files that name and lock them are written (package.json and package-lock.json; requirements.in and requirements.txt; go.mod and go.sum; Cargo.toml and Cargo.lock), and commands and the app find the packages. Without names it installs what the files name, and for Go locks what they import. Packages come from their public registry alone; npm's install scripts do not run unless a person allowed them on the page Packages (ask them to if a package does not work without its script), and Python's packages are wheels.",
    inputSchema: input,
    execute: toolCall(desk, "install_packages", (asked: Input, mark) =>
      machine.use(async (session) => {
        const { ecosystem, add = [], remove = [], dev = false } = asked
        const change = { ecosystem, add, remove, dev }
        const title = titleOf(change)
        const commit = mark(title)
        const base = await files.baseOf(commit)
        let known = base
        let came = await session.changePackages(base, { ...change, signal })
        const done = await files.change(commit, async (head) => {
          // Somebody wrote files meanwhile, perhaps these.
          if (head !== known) came = await session.changePackages(head, { ...change, signal })
          known = head
          return Object.entries(came.files).map(([path, text]) => ({
            path,
            content: Buffer.from(text),
          }))
        })
        const { paths, linesAdded, linesRemoved } = done
        const output = {
          ...{ packages: came.direct, installed: came.count, changed: paths },
          ...(came.scripts.length > 0 ? { scriptsThatDidNotRun: came.scripts } : {}),
        }
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
