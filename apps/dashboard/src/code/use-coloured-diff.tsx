"use client"
import { type ReactNode, useMemo } from "react"
import type { DiffLine } from "../ui/diff.ts"
import { Pieces } from "./pieces.tsx"
import { useColoured } from "./use-coloured.ts"

/**
 * What is drawn for each line of a diff: each side is coloured for itself, since what was removed and
 * what came in its place are never one text.
 */
export function useColouredDiff(path: string, lines: readonly DiffLine[]): readonly ReactNode[] {
  const [before, after] = useMemo(() => [sideOf(lines, "add"), sideOf(lines, "del")], [lines])
  const old = useColoured(path, before)
  const fresh = useColoured(path, after)
  return useMemo(() => {
    let [oldAt, freshAt] = [0, 0]
    return lines.map(({ kind }, at) => {
      const line = kind === "del" ? old[oldAt] : fresh[freshAt]
      if (kind !== "add") oldAt += 1
      if (kind !== "del") freshAt += 1
      return kind === "hunk" ? undefined : <Pieces key={at} line={line} />
    })
  }, [lines, old, fresh])
}

/** The text of one side: a hunk's head keeps its line, empty, so that both count alike. */
const sideOf = (lines: readonly DiffLine[], without: "add" | "del") =>
  lines
    .filter(({ kind }) => kind !== without)
    .map(({ kind, text }) => (kind === "hunk" ? "" : text))
    .join("\n")
