import { answerOf, type Brain } from "./behaviours.ts"

/** Answers what an app asks by saying what it read, and leaves to another what our own agents ask. */
export function forApps(agents: Brain): Brain {
  return (asked) => {
    const users = asked.prompt.filter((message) => message.role === "user")
    if (JSON.stringify(users[0]).includes("<goal>")) return agents(asked)
    const parts = users.at(-1)?.content ?? []
    const words = parts.map((part) => (part.type === "text" ? part.text : "")).join("")
    return answerOf({ text: `I read: “${words}”` })
  }
}
