import { choice, color, list, number, readSettings, text } from "./web/settings-kinds.js"

export const settings = readSettings({
  title: text(60, 1),
  tool: choice(
    ...["countdown", "pomodoro", "chess-clock", "draw", "dice", "stopwatch", "teams"],
    ...["tic-tac-toe", "connect-four", "memory", "guess"],
  ),
  minutes: number(0, 180),
  rest: number(1, 60),
  highest: number(2, 1000),
  names: list(0, 60, 40),
  language: choice("en", "de", "fr", "es"),
  accent: color,
})
