import type { StarterSummary } from "@vibecaas/contract/kinds/starters"
import type { AppFile } from "@vibecaas/starters/starter"

/** The stack of an app, from the files by which its tools know it. */
export function stackOf(files: readonly AppFile[]): StarterSummary["stack"] {
  const textOf = (name: string) => files.find(({ path }) => path === name)?.content.toString()
  const needed = dependenciesIn(textOf("package.json"))
  if (needed.includes("next")) return "next"
  if (needed.includes("react")) return "react"
  if (textOf("package.json") !== undefined) return "node"
  if (textOf("go.mod") !== undefined) return "go"
  const python = ["pyproject.toml", "requirements.txt"].some((name) => textOf(name) !== undefined)
  return python ? "python" : "node"
}

function dependenciesIn(text: string | undefined): string[] {
  try {
    const { dependencies } = JSON.parse(text ?? "")
    return typeof dependencies === "object" && dependencies ? Object.keys(dependencies) : []
  } catch {
    // Broken JSON says nothing of its stack.
    return []
  }
}
