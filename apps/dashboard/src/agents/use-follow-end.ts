"use client"
import { type RefObject, useLayoutEffect, useRef, useState } from "react"

/** how near to its end a box counts as read to the end, in `px` */
const nearPx = 40
/** what stays free below the box for the field that asks for more, in `px` */
const belowPx = 84
/** lower, a box shows too little to follow, in `px` */
const lowestPx = 150

/**
 * Keeps the end of a box in view as it grows, and the box itself above the lower edge of the
 * window, while `on`. Whoever scrolled up in it is reading and is left alone.
 */
export function useFollowEnd(box: RefObject<HTMLElement | null>, growth: number, on: boolean) {
  const atEnd = useRef(true)
  const [maxHeight, setMaxHeight] = useState<number>()
  // What stands above the box changes with the run, so it is measured whenever it may have.
  useLayoutEffect(() => {
    const element = box.current
    if (!element || !on) return
    const measure = () => setMaxHeight(roomFor(element))
    measure()
    window.addEventListener("resize", measure)
    return () => window.removeEventListener("resize", measure)
  })
  useLayoutEffect(() => {
    const element = box.current
    if (element && on && growth > 0 && maxHeight && atEnd.current)
      element.scrollTop = element.scrollHeight
  }, [box, growth, on, maxHeight])
  if (!on) return {}
  return {
    style: { maxHeight },
    onScroll: () => {
      const { scrollHeight = 0, scrollTop = 0, clientHeight = 0 } = box.current ?? {}
      atEnd.current = scrollHeight - scrollTop - clientHeight < nearPx
    },
  }
}

function roomFor(element: HTMLElement): number {
  const top = element.getBoundingClientRect().top + window.scrollY
  return Math.max(lowestPx, Math.floor(window.innerHeight - top - belowPx))
}
