"use client"
import { useEffect, useMemo, useState } from "react"
import { type CodeLine, plainLines } from "./code-line.ts"
import { languageOf } from "./languages.ts"

/** longest text that is coloured, in characters: what is longer is read as it is, at once */
const colouredMax = 200_000

/**
 * The lines of a text in the colours of its file's language: plain until what colours them is loaded,
 * and where there is no such language.
 */
export function useColoured(path: string, text: string): readonly CodeLine[] {
  const plain = useMemo(() => plainLines(text), [text])
  const [coloured, setColoured] = useState<{ text: string; lines: readonly CodeLine[] }>()
  const language = text.length > colouredMax ? undefined : languageOf(path)
  useEffect(() => {
    if (language === undefined) return
    let wanted = true
    const load = async () => {
      const { colourLines } = await import("./colour-lines.ts")
      if (wanted) setColoured({ text, lines: colourLines(text, language) })
    }
    // Without colours it is read as well.
    load().catch(() => undefined)
    return () => {
      wanted = false
    }
  }, [text, language])
  return language !== undefined && coloured?.text === text ? coloured.lines : plain
}
