import type { ProjectMonth } from "../ai/index.ts"
import { monthOf } from "../core/month.ts"
import { beyondProject } from "./project-budget.ts"
import { addToMonth } from "./queries/project-budgets.ts"

/** The month that a project's runs and its app use together. */
export const projectMonth: ProjectMonth = {
  beyond: (ctx, projectId, wanted) => beyondProject(ctx, projectId, { wanted }),
  add: (ctx, projectId, used) =>
    addToMonth(ctx.db, { ...used, projectId, month: monthOf(ctx.clock.now()) }),
}
