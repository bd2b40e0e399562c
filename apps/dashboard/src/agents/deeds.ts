import { Columns2, LayoutTemplate, Sparkles } from "lucide-react"
import type { Deeds } from "../kind.ts"

export const agentsDeeds = {
  icons: { run: Sparkles, comparison: Columns2, proposal: LayoutTemplate },
  actions: {
    "run.start": "Run started",
    "run.cancel": "Run cancelled",
    "run.retry": "Run retried",
    "run.finish": "Run finished",
    "run.ask": "Question asked",
    "run.answer": "Question answered",
    "run.message": "Message to agents",
    "run.redirect": "Run redirected",
    "comparison.start": "Comparison started",
    "comparison.promote": "Candidate promoted",
    "comparison.cancel": "Comparison cancelled",
    "comparison.finish": "Comparison finished",
    "proposal.make": "Proposal made",
    "proposal.confirm": "Proposal confirmed",
    "proposal.decline": "Proposal declined",
    "project.govern": "Rules for agents changed",
    "project.budget": "Budget changed",
  },
} as const satisfies Deeds
