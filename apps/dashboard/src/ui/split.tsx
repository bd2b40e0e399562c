"use client"
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react"
import { cn } from "./cn.ts"

/** bounds of what stands at the end, in `px`; more than its share of the room it never takes */
const least = 260
const most = 1400
const stepPx = 16

export interface Split {
  /** for `grid-template-columns`: the width of what stands at the end */
  columns: string
  width: number | undefined
  change(width: number | undefined): void
}

/**
 * Where two parts beside each other are divided; remembered in this browser.
 *
 * @param first how wide the part at the end is until somebody moves the division
 */
export function useSplit(key: string, first: string): Split {
  const [width, setWidth] = useState<number>()
  useEffect(() => setWidth(readWidth(key)), [key])
  return {
    width,
    columns: `minmax(0,1fr) 0 clamp(${least}px, ${width === undefined ? first : `${width}px`}, calc(100% - ${least}px))`,
    change(next) {
      const kept = next === undefined ? undefined : Math.min(most, Math.max(least, next))
      setWidth(kept)
      writeWidth(key, kept)
    },
  }
}

/** The division itself: dragged, moved with the arrow keys, and put back by a double click. */
export function SplitHandle({ label, split, className }: SplitHandleProps) {
  const handle = useRef<HTMLHRElement>(null)
  const now = () => split.width ?? handle.current?.nextElementSibling?.clientWidth ?? least
  const move = (event: PointerEvent) => {
    const end = handle.current?.parentElement?.getBoundingClientRect().right
    if (end !== undefined && event.buttons === 1) split.change(Math.round(end - event.clientX))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const steps = { ArrowLeft: stepPx, ArrowRight: -stepPx }[event.key]
    if (steps === undefined) return
    event.preventDefault()
    split.change(now() + steps)
  }
  return (
    <hr
      ref={handle}
      // A separator that can be moved is a control.
      tabIndex={0}
      aria-label={label}
      aria-orientation="vertical"
      aria-valuemin={least}
      aria-valuemax={most}
      aria-valuenow={split.width ?? least}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={move}
      onDoubleClick={() => split.change(undefined)}
      onKeyDown={onKeyDown}
      className={cn(
        "relative z-10 -mx-1 m-0 h-full w-2 cursor-col-resize touch-none border-0 bg-transparent outline-offset-[-2px]",
        "after:absolute after:inset-y-0 after:left-[3px] after:w-0.5 hover:after:bg-accent focus-visible:after:bg-accent",
        className,
      )}
    />
  )
}

interface SplitHandleProps {
  label: string
  split: Split
  className?: string
}

function readWidth(key: string): number | undefined {
  try {
    const kept = Number(window.localStorage.getItem(key))
    return kept >= least ? kept : undefined
  } catch {
    return undefined
  }
}

function writeWidth(key: string, width: number | undefined): void {
  try {
    if (width === undefined) window.localStorage.removeItem(key)
    else window.localStorage.setItem(key, `${width}`)
  } catch {
    // A browser that keeps nothing begins with the first width each time.
  }
}
