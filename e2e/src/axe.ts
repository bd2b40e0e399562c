import axe from "axe-core"
import type { Page } from "playwright-core"

/**
 * Breaches of WCAG 2.1 A and AA on the page or in a part of it, one line each; frames of other
 * origins are left out.
 */
export function axeBreaches(page: Page, part = "html"): Promise<string[]> {
  return breachesOf(page, part, {
    type: "tag",
    values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
  })
}

/** Breaches of what alone depends on colours: for a page that was looked at whole in other colours. */
export function contrastBreaches(page: Page): Promise<string[]> {
  return breachesOf(page, "html", { type: "rule", values: ["color-contrast"] })
}

async function breachesOf(page: Page, part: string, runOnly: axe.RunOnly): Promise<string[]> {
  const options: axe.RunOptions = {
    ...{ runOnly, iframes: false, preload: false },
    // What passed is of no use here, and telling it takes longer than finding it.
    resultTypes: ["violations"],
  }
  const where = { include: [[part]], exclude: [["iframe"]] }
  // Once for as long as the page is there: to read axe takes as long as to run it.
  if (!(await page.evaluate("typeof axe === 'object'"))) await page.evaluate(axe.source)
  // A text, because this file is typed for Node and the expression for the browser.
  const run = `axe.run(${JSON.stringify(where)}, ${JSON.stringify(options)}).then(found => found.violations)`
  const violations = (await page.evaluate(run)) as axe.Result[]
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`,
  )
}
