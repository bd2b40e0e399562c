"use client"
import { type RefCallback, type RefObject, useCallback } from "react"

/**
 * Keeps an item of a list chosen whenever its items change, as when the server answers late: Enter
 * does something then, and the field says to screen readers which item that is. Put on the list.
 */
export function useFirstChosen(
  field: RefObject<HTMLInputElement | null>,
  choose: (value: string) => void,
): RefCallback<HTMLElement> {
  return useCallback(
    (list: HTMLElement | null) => {
      if (!list) return
      const look = () => {
        const chosen = list.querySelector('[role="option"][aria-selected="true"]')
        const first = list.querySelector('[role="option"]:not([aria-disabled="true"])')
        if (chosen) field.current?.setAttribute("aria-activedescendant", chosen.id)
        else if (first) choose(first.getAttribute("data-value") ?? "")
      }
      const changes = new MutationObserver(look)
      changes.observe(list, {
        ...{ subtree: true, childList: true },
        attributeFilter: ["aria-selected"],
      })
      look()
      return () => changes.disconnect()
    },
    [field, choose],
  )
}
