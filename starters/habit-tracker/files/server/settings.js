import { color, oneOf, readSettingsBy, text, texts } from "./settings-check.js"

export const timeZones = [
  ...["UTC", "Europe/London", "Europe/Berlin", "Europe/Paris", "Europe/Madrid", "Europe/Helsinki"],
  ...["America/New_York", "America/Chicago", "America/Los_Angeles", "America/Sao_Paulo"],
  ...["Asia/Kolkata", "Asia/Tokyo", "Australia/Sydney"],
]

export const readSettings = () =>
  readSettingsBy({
    title: text(40),
    habits: texts({ min: 0, max: 20, itemMax: 40 }),
    weekStart: oneOf("monday", "sunday"),
    timeZone: oneOf(...timeZones),
    accent: color,
  })
