export { makeOfflineModel } from "./offline-model.ts"
