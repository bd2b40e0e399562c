/**
 * Reading what the platform writes to a model: instructions that open with the agent's role, and a
 * prompt in sections. The offline model gets the same text as any other model and nothing else.
 */
import { parsed } from "./transcript.ts"

export const agentRoles = [
  "planning",
  "frontend",
  "backend",
  "ai_feature",
  "testing",
  "integration",
] as const
export type AgentRole = (typeof agentRoles)[number]

/** The role that instructions were written for; undefined when they are not the platform's. */
export function roleIn(system: string): AgentRole | undefined {
  return agentRoles.find((role) => system.includes(`You are the ${role} agent of VibeCaaS.`))
}

/** A section of a prompt; "" when it is absent. A closing mark inside was defused by whoever wrote it. */
export function sectionIn(text: string, name: string): string {
  const start = text.indexOf(`<${name}>\n`)
  const end = text.indexOf(`\n</${name}>`, start)
  if (start < 0 || end < 0) return ""
  return text.slice(start + name.length + 3, end).replaceAll(`<\\/${name}`, `</${name}`)
}

/** All sections of this name, in their order. */
export function sectionsIn(text: string, name: string): string[] {
  const end = `\n</${name}>`
  const found: string[] = []
  for (let at = text.indexOf(`<${name}>\n`); at >= 0; at = text.indexOf(`<${name}>\n`, at + 1)) {
    if (text.indexOf(end, at) >= 0) found.push(sectionIn(text.slice(at), name))
  }
  return found
}

/** The texts of a section that has one on each line, as JSON. */
export const linesOfJson = (section: string): string[] =>
  section.split("\n").flatMap((line) => {
    const text = parsed(line)
    return typeof text === "string" && line.startsWith('"') ? [text] : []
  })
