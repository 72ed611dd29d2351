import { type Environment, builtinEnvironments } from "vitest/runtime";
import { closeWhatWasOpened } from "./once-a-process.ts";

const { node } = builtinEnvironments;

/** Node's own; lives as long as a test process, and so closes what the files of one share. */
const environment: Environment = {
  ...node,
  name: "valet",
  async setup(global, options) {
    const { teardown } = await node.setup(global, options);
    return {
      async teardown(ended) {
        await closeWhatWasOpened();
        await teardown(ended);
      },
    };
  },
};

export default environment;
