export { ApiError, type Call, type ClientOptions, makeClient } from "./client.ts"
export { type FaultCode, type Problem, type PublicFaultCode, problem, statusOf } from "./faults.ts"
export { can, type Permission, roleCan } from "./permissions.ts"
export { type Role, roles } from "./roles.ts"
export type { Method, RouteInput, RouteReply } from "./route.ts"
export {
  type Access,
  type Route,
  type RouteName,
  type Routes,
  type RouteTable,
  routes,
} from "./routes.ts"
