/**
 * Reading what the platform writes to a model: instructions that open with the agent's role, and a
 * prompt in sections. The offline model gets the same text as any other model and nothing else.
 */
export const agentRoles = [
  "planning",
  "frontend",
  "backend",
  "ai_feature",
  "testing",
  "integration",
] as const
export type AgentRole = (typeof agentRoles)[number]

export interface ReadPrompt {
  goal: string
  title: string
  instructions: string
}

/** The role that instructions were written for; undefined when they are not the platform's. */
export function roleIn(system: string): AgentRole | undefined {
  return agentRoles.find((role) => system.includes(`You are the ${role} agent of VibeCaaS.`))
}

/** The sections of a prompt; those that are absent are "". */
export function readPrompt(text: string): ReadPrompt {
  return {
    goal: sectionIn(text, "goal"),
    title: sectionIn(text, "task"),
    instructions: sectionIn(text, "instructions"),
  }
}

/** A closing mark inside a section was defused by whoever wrote it. */
function sectionIn(text: string, name: string): string {
  const start = text.indexOf(`<${name}>\n`)
  const end = text.indexOf(`\n</${name}>`, start)
  if (start < 0 || end < 0) return ""
  return text.slice(start + name.length + 3, end).replaceAll(`<\\/${name}`, `</${name}`)
}
