"use client"
import { type RefObject, useEffect } from "react"

/** what every title of ours ends with */
const product = "VibeCaaS"

/** Within an object its list says nothing more. */
const narrow = (steps: readonly string[]) => steps.slice(steps.length > 2 ? 2 : 1)

/**
 * Names the tab of the browser by where the breadcrumb says one is, the narrowest first: tabs of two
 * projects are told apart. The framework names it by the page alone, and may do so later than we.
 *
 * @param news stands before all of it, e.g. how much happened while nobody looked
 */
export function useTitle(trail: RefObject<HTMLElement | null>, news: string): void {
  useEffect(() => {
    const element = trail.current
    if (!element) return
    const name = () => {
      const steps = [...element.querySelectorAll("[data-step]")].map((step) => step.textContent)
      const wanted = `${news}${[...narrow(steps).reverse(), product].join(" · ")}`
      if (steps.length > 1 && document.title !== wanted) document.title = wanted
    }
    name()
    const changes = new MutationObserver(name)
    const all = { subtree: true, childList: true, characterData: true }
    changes.observe(element, all)
    changes.observe(document.head, all)
    return () => changes.disconnect()
  }, [trail, news])
}
