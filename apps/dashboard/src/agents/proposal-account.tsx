"use client"
import type { Proposal, ProposalChoice } from "@vibecaas/contract/proposal"
import { State } from "../ui/state.tsx"
import { clauseLooks } from "./roles.ts"

interface AccountProps {
  choice: ProposalChoice
  language: Proposal["language"]
}

/** Every clause of the prompt: built by something that the starter has, or not built. */
export function ProposalAccount({ choice, language }: AccountProps) {
  const { clauses, filler, unsure } = choice
  const built = clauses.filter((clause) => clause.built).length
  return (
    <section aria-label="What you asked for" className="grid gap-2">
      <h3 className="text-13 font-semibold">
        What you asked for: {built} of {clauses.length} would be built
      </h3>
      <ul aria-label="Wishes" lang={language} className="grid gap-1.5 text-13">
        {clauses.map(({ words, built: isBuilt, by, why }, at) => (
          <li key={at} className="[overflow-wrap:anywhere]">
            <State look={clauseLooks[isBuilt ? "built" : "not_built"]} className="mr-2 text-12" />“
            {words}”{" "}
            <span className="text-fg-3">{why ?? by.map(({ says }) => says).join(" · ")}</span>
          </li>
        ))}
        {filler.length > 0 ? (
          <li className="text-fg-3 [overflow-wrap:anywhere]">
            <span lang="en">Read as asking for nothing:</span>{" "}
            {filler.map((words) => `“${words}”`).join(", ")}
          </li>
        ) : null}
      </ul>
      {unsure.length > 0 ? (
        <p className="text-13 [overflow-wrap:anywhere] text-fg-2">
          Kept as text, as the prompt does not say what they hold: {unsure.join(", ")}.
        </p>
      ) : null}
    </section>
  )
}
