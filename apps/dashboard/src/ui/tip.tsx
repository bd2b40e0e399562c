"use client"
import { cloneElement, type ReactElement, useEffect, useId, useRef, useState } from "react"
import { cn } from "./cn.ts"

interface TipProps {
  text: string
  /** one focusable element */
  children: ReactElement<{ "aria-describedby"?: string | undefined }>
  className?: string
}

/**
 * A sentence about one control, shown on hover, focus and tap, hidden by Escape. It lives in the
 * top layer, so no panel cuts it off.
 */
export function Tip({ text, children, className }: TipProps) {
  const id = useId()
  const [shown, setShown] = useState(false)
  const wrap = useRef<HTMLSpanElement>(null)
  const bubble = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const element = bubble.current
    if (!shown || !element || !wrap.current) return
    element.showPopover()
    place(element, wrap.current.getBoundingClientRect())
    const hide = (event: KeyboardEvent) => event.key === "Escape" && setShown(false)
    window.addEventListener("keydown", hide)
    return () => {
      window.removeEventListener("keydown", hide)
      element.hidePopover()
    }
  }, [shown])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens for what its child is given
    <span
      ref={wrap}
      className={cn("inline-flex min-w-0", className)}
      onPointerEnter={() => setShown(true)}
      onPointerLeave={() => setShown(false)}
      onFocus={() => setShown(true)}
      onBlur={() => setShown(false)}
    >
      {cloneElement(children, { "aria-describedby": id })}
      <span
        ref={bubble}
        id={id}
        role="tooltip"
        popover="manual"
        className="fixed m-0 w-max max-w-72 rounded-2 border-0 bg-fg px-2.5 py-[7px] text-left text-12 font-normal whitespace-normal text-bg"
      >
        {text}
      </span>
    </span>
  )
}

function place(element: HTMLElement, around: DOMRect) {
  const { width, height } = element.getBoundingClientRect()
  const middle = around.left + around.width / 2 - width / 2
  const below = around.bottom + 6
  const fits = below + height < window.innerHeight - 4
  element.style.left = `${Math.max(8, Math.min(middle, window.innerWidth - width - 8))}px`
  element.style.top = `${fits ? below : around.top - height - 6}px`
}
