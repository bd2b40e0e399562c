import { color, readSettingsBy, text, textUpTo, whole } from "./settings-check.js"

export const readSettings = () =>
  readSettingsBy({
    title: text(40),
    tagline: text(140),
    accent: color,
    signUpCode: textUpTo(40),
    passwordLength: whole(8, 64),
    sessionDays: whole(1, 90),
    notesPerPerson: whole(10, 5000),
  })
