import { idOf } from "./ids.ts"

export const runId = idOf("run", "a run")
export const taskId = idOf("tsk", "a task")
export const stepId = idOf("stp", "a step")
export const messageId = idOf("msg", "a message")
export const comparisonId = idOf("cmp", "a comparison")
export const proposalId = idOf("prp", "a proposal")
export const inquiryId = idOf("inq", "an inquiry")
export const attachmentId = idOf("att", "an attachment")
