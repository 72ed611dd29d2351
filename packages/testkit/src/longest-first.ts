import { relative, sep } from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { fileSeconds } from "./file-seconds.ts";

/** Begins with the files that take longest, so that at the end no process works alone. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { root } = this.ctx.config;
    const secondsOf = ({ moduleId }: TestSpecification): number =>
      fileSeconds[relative(root, moduleId).replaceAll(sep, "/")] ?? 0;
    const others = await super.sort(files);
    return others.toSorted((a, b) => secondsOf(b) - secondsOf(a));
  }
}
