import type { LiveMachine } from "../../machines/index.ts"
import type { AiParts } from "../ai-parts.ts"

/** What a call is answered with that came by the door of a machine. */
export type AtDoor = AiParts & { machine: LiveMachine }
