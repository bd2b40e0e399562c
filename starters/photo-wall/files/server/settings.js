import { color, flag, oneOf, readSettingsBy, text, textUpTo, whole } from "./settings-check.js"

export const readSettings = () =>
  readSettingsBy({
    title: text(50),
    subtitle: textUpTo(140),
    uploads: oneOf("everybody", "owner"),
    approve: flag,
    megabytes: whole(1, 10),
    photos: whole(10, 500),
    accent: color,
  })
