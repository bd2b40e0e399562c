"use client"
import { type ReactNode, type RefObject, useLayoutEffect, useRef, useState } from "react"
import { cn } from "./cn.ts"
import type { DiffLine } from "./diff.ts"
import { count } from "./format.ts"

interface CodeBlockProps {
  /** what the block shows, for its head and its name */
  about: ReactNode
  label: string
  end?: ReactNode
  lines: readonly ReactNode[]
  /** lines shown before the rest has to be asked for */
  shown?: number
  /** the last lines matter, not the first */
  fromEnd?: boolean
  className?: string
}

/** Code, output or a diff: scrolls inside itself, opens further on demand. */
export function CodeBlock(props: CodeBlockProps) {
  const { about, label, end, lines, shown = 14, fromEnd, className } = props
  const [open, setOpen] = useState(false)
  const figure = useRef<HTMLElement>(null)
  const scrolls = useScrolls(figure)
  const hidden = open || lines.length <= shown + 2 ? 0 : lines.length - shown
  const visible = hidden === 0 ? lines : fromEnd ? lines.slice(hidden) : lines.slice(0, shown)
  const more =
    hidden === 0 ? null : (
      <button
        type="button"
        onClick={() => setOpen(true)}
        className="block w-full border-line bg-sunken px-3 py-1 text-left text-12 text-fg-3 hover:text-fg"
      >
        Show {count(hidden, `${fromEnd ? "earlier" : "more"} line`)}
      </button>
    )
  return (
    <div className={cn("min-w-0 overflow-hidden rounded-2 border border-line", className)}>
      {about ? (
        <div className="flex items-center gap-2 border-b border-line px-2.5 py-1 text-12 text-fg-3">
          <span className="min-w-0 flex-1 truncate font-mono text-fg-2">{about}</span>
          {end}
        </div>
      ) : null}
      {fromEnd ? more : null}
      <figure ref={figure} aria-label={label} className="code" tabIndex={scrolls ? 0 : undefined}>
        <div className="code-lines">{visible}</div>
      </figure>
      {fromEnd ? null : more}
    </div>
  )
}

/** Whether there is more than fits: only then does it have to be reachable by keyboard. */
function useScrolls(element: RefObject<HTMLElement | null>): boolean {
  const [scrolls, setScrolls] = useState(false)
  useLayoutEffect(() => {
    const box = element.current
    if (!box) return
    const measure = () =>
      setScrolls(box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight)
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(box)
    return () => observer.disconnect()
  })
  return scrolls
}

const tints = { same: "", add: "code-add", del: "code-del", hunk: "code-hunk" }
const signs = { same: " ", add: "+", del: "−", hunk: " " }

/** Lines of a diff; beside the tint a sign says what happened to each. `faces` are drawn for their texts. */
export function diffLines(lines: readonly DiffLine[], faces?: readonly ReactNode[]): ReactNode[] {
  const numbered = lines.some(({ number }) => number !== undefined)
  return lines.map(({ kind, number, text }, at) => (
    <span key={at} className={cn("code-line", tints[kind])}>
      {numbered ? <span className="n">{number ?? "…"}</span> : null}
      <span className="select-none text-fg-3">{signs[kind]} </span>
      {faces?.[at] ?? text}
    </span>
  ))
}

/** Lines of text as they are. */
export function textLines(text: string): ReactNode[] {
  return text.split("\n").map((line, at) => (
    <span key={at} className="code-line">
      {line || " "}
    </span>
  ))
}
