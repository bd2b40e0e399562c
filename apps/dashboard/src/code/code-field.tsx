"use client"
import type { ComponentProps, CSSProperties } from "react"
import { Pieces } from "./pieces.tsx"
import { useColouring } from "./use-colouring.ts"

interface CodeFieldProps
  extends Pick<ComponentProps<"textarea">, "id" | "onKeyDown" | "aria-describedby"> {
  /** of the file, which says its language */
  path: string
  value: string
  onChange(value: string): void
}

/**
 * A field for code, with the colours of its language and numbers of lines. It is an ordinary field,
 * whose own letters are clear: the same text lies over it in its colours, and both grow together in
 * one box that scrolls.
 */
export function CodeField({ path, value, onChange, ...rest }: CodeFieldProps) {
  const lines = useColouring(path, value)
  const gutter = `calc(${Math.max(2, String(lines.length).length)}ch + 24px)`
  const variables = { "--gutter": gutter } as CSSProperties // a variable of ours
  return (
    <div className="code code-field h-[60vh] resize-y rounded-2 border border-line-field">
      <div className="code-stack" style={variables}>
        <textarea
          {...rest}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          spellCheck={false}
          autoCapitalize="off"
          autoCorrect="off"
          wrap="off"
        />
        <div aria-hidden="true" className="code-over">
          {lines.map((line, at) => (
            <div key={at}>
              <span className="n">{at + 1}</span>
              <Pieces line={line} />
            </div>
          ))}
        </div>
      </div>
    </div>
  )
}
