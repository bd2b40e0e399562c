import type { TestAnswer } from "../../testing/test-client.ts"

/** What a browser keeps of answers, as its next `Cookie` header. */
export function jar() {
  const kept = new Map<string, string>()
  return {
    take(answer: TestAnswer) {
      for (const line of [answer.headers["set-cookie"] ?? []].flat()) {
        const [pair = ""] = line.split(";", 1)
        const at = pair.indexOf("=")
        const gone = /max-age=0/i.test(line)
        if (gone) kept.delete(pair.slice(0, at))
        else kept.set(pair.slice(0, at), pair.slice(at + 1))
      }
      return answer
    },
    header: () => [...kept].map(([name, value]) => `${name}=${value}`).join("; "),
    names: () => [...kept.keys()],
  }
}

export type Jar = ReturnType<typeof jar>
