import type { AppSpec } from "../blueprints/index.ts"
export type ChangeReading =
  | { kind: "change"; spec: AppSpec; done: string[]; notDone: string[] }
  | { kind: "refusal"; reason: string }
export function readChange(_text: string, _spec: AppSpec): ChangeReading {
  return { kind: "refusal", reason: "not yet" }
}
