export { makeOfflineModel } from "./offline-model.ts"
export { titleForGoal } from "./read-goal.ts"
