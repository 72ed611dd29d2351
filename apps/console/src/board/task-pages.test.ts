import { expect, test } from "vitest";
import { listedTask } from "./listed-task.fixture.ts";
import { type TaskPages, mapTasks, withNewest } from "./task-pages.ts";

const task = (id: string, lastSeq = 1) => ({ ...listedTask, id, lastSeq });
const data: TaskPages = {
  pages: [
    { tasks: [task("d"), task("c")], nextCursor: "c" },
    { tasks: [task("b"), task("a")], nextCursor: null },
  ],
  pageParams: [undefined, "c"],
};
const idsOf = ({ pages }: TaskPages) => pages.flatMap(({ tasks }) => tasks.map(({ id }) => id));

test("new applications come on top, known ones take what is newer, and no page is lost", () => {
  const merged = withNewest(data, [task("e"), task("d", 5), task("c", 0)]);
  expect(idsOf(merged)).toEqual(["e", "d", "c", "b", "a"]);
  expect(merged.pages[0]?.tasks.map(({ lastSeq }) => lastSeq)).toEqual([1, 5, 1]);
  expect(merged.pages[1]).toBe(data.pages[1]);
  expect(merged.pageParams).toEqual(data.pageParams);
});

test("what changes nothing gives the same pages", () => {
  expect(mapTasks(data, (tasks) => tasks)).toBe(data);
});
