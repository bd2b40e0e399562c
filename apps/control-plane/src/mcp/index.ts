export { makeMcp } from "./make-mcp.ts"
export type { McpTools, OfferedTool, ProjectTool } from "./project-tools.ts"
export type { McpAnswer } from "./reach/call-tool.ts"
export { checkFor } from "./reach/input-schema.ts"
