// The wiki of this process, opened when the first page is asked for.
import { settings } from "./settings.ts"
import { openWiki, type Wiki } from "./wiki.ts"

/** Next loads this module once for each kind of page; they share one database. */
const shared = globalThis as { wiki?: Wiki }

export function ownWiki(): Wiki {
  shared.wiki ??= openWiki(process.env.DATA_DIR ?? "./data", { sections: settings().sections })
  return shared.wiki
}
