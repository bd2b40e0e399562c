import type { PromptWords } from "../form/prompt-box.tsx"

const doing = "Starting run"
/** for a project in which nothing was built yet */
export const firstWords: PromptWords = {
  form: "Describe the app",
  label: "What should it do?",
  example: "notes with title and text; I want to search in both",
  verb: "Start run",
  doing,
}
export const changeWords: PromptWords = {
  form: "Ask for a change",
  label: "What should change?",
  example: "add a rating from 1 to 5",
  verb: "Ask for change",
  doing,
}
