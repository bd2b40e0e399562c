import { z } from "zod"
import { givenAttachments } from "./attachment.ts"
import { wantedCandidates } from "./comparison.ts"
import { goalText } from "./goal.ts"
import { projectId, projectName } from "./kinds/projects.ts"
import { chosenStarter } from "./kinds/starters.ts"
import { organizationId } from "./kinds/tenants.ts"
import { confirmation } from "./proposal.ts"

const confirm = confirmation.default("ask").meta({
  description:
    "where no language model plans: `ask` leaves the proposal to a person, `auto` builds what clearly fits at once",
})

/** What `POST /projects` takes. */
export const projectRequest = z.strictObject({
  name: projectName.optional().meta({ description: "taken from the prompt when absent" }),
  prompt: goalText.optional(),
  attachments: givenAttachments,
  starter: chosenStarter.optional().meta({
    description:
      "the app that it begins with; with a prompt, what the agents are told to begin with",
  }),
  compare: wantedCandidates.optional().meta({
    description: "work on the prompt several times, each apart, to promote the best",
  }),
  confirm,
  preview: z.enum(["public", "private"]).default("private"),
  organizationId: organizationId.optional(),
})

/** What `POST /agents/runs` takes. */
export const runRequest = z.strictObject({
  projectId,
  goal: goalText,
  attachments: givenAttachments,
  starter: chosenStarter.optional(),
  confirm,
})
