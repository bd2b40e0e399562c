"use client"
import { type ReactNode, useLayoutEffect, useRef, useState } from "react"
import { cn } from "./cn.ts"

interface ClampedProps {
  /** what the text is, e.g. "request" */
  noun: string
  className?: string
  children: ReactNode
}

/** The first three lines of a text, and all of it on demand: a long one leaves room for what matters. */
export function Clamped({ noun, className, children }: ClampedProps) {
  const [open, setOpen] = useState(false)
  const [cut, setCut] = useState(false)
  const text = useRef<HTMLParagraphElement>(null)
  useLayoutEffect(() => {
    const element = text.current
    if (!element || open) return
    const measure = () => setCut(element.scrollHeight > element.clientHeight + 1)
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  })
  return (
    <>
      <p ref={text} className={cn(className, !open && "line-clamp-3")}>
        {children}
      </p>
      {cut || open ? (
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="rounded-1 text-12 text-accent-fg hover:underline hover:underline-offset-3"
        >
          {open ? "Show less" : `Show all of the ${noun}`}
        </button>
      ) : null}
    </>
  )
}
