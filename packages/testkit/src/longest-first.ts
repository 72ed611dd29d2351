import { relative, sep } from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { fileSeconds } from "./file-seconds.ts";
import { spreadJourneys } from "./spread-journeys.ts";

/** Begins with the files that take longest, so that at the end no process works alone. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { root, maxWorkers } = this.ctx.config;
    const byPath = new Map(
      (await super.sort(files)).map((file) => [
        relative(root, file.moduleId).replaceAll(sep, "/"),
        file,
      ]),
    );
    const order = spreadJourneys([...byPath.keys()], { seconds: fileSeconds, lanes: maxWorkers });
    return order.flatMap((path) => byPath.get(path) ?? []);
  }
}
