export {
  type ResumeFile,
  type RunsFilter,
  type TaskFilter,
  type ValetClient,
  type ValetClientInput,
  createValetClient,
} from "./create-valet-client.ts";
export type { FollowInput } from "./follow-task.ts";
