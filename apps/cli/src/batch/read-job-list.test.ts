import { expect, test } from "vitest";
import { readJobList } from "./read-job-list.ts";

test("the url of each row is a job, columns of answers go with it, others are not looked at", () => {
  const text = `\uFEFFcompany,URL,answer: Do you drive?
Acme,https://acme.test/1,Yes

"Beta, Inc",https://beta.test/2,
`;
  expect(readJobList(text)).toEqual({
    jobs: [
      {
        row: 2,
        jobUrl: "https://acme.test/1",
        answers: [{ question: "Do you drive?", answer: "Yes" }],
      },
      { row: 4, jobUrl: "https://beta.test/2", answers: [] },
    ],
    faults: [],
  });
});

test("a file of addresses alone is a list of them", () => {
  const { jobs } = readJobList("https://a.test/1\nhttps://b.test/2\n");
  expect(jobs.map(({ row, jobUrl }) => [row, jobUrl])).toEqual([
    [1, "https://a.test/1"],
    [2, "https://b.test/2"],
  ]);
});

test("a row that is wrong is told by its line, and the others are taken", () => {
  const text = `url,note
https://a.test/1,x
https://b.test/2,"x" y
https://c.test/3
,x
https://d.test/4,x
`;
  const { jobs, faults } = readJobList(text);
  expect(jobs.map(({ row, jobUrl }) => [row, jobUrl])).toEqual([
    [2, "https://a.test/1"],
    [6, "https://d.test/4"],
  ]);
  expect(faults.map(({ row }) => row)).toEqual([3, 4, 5]);
});

test("a quote that is never closed takes nothing with it, and one that is may hold lines", () => {
  const open = readJobList(
    'url,note\nhttps://a.test/1,x\nhttps://b.test/2,"open\nhttps://c.test/3,x',
  );
  expect(open.jobs.map(({ row }) => row)).toEqual([2, 4]);
  expect(open.faults).toEqual([{ row: 3, problem: "it is not CSV (CSV_QUOTE_NOT_CLOSED)" }]);
  const closed = readJobList('url,note\nhttps://a.test/1,"two\nlines"\nhttps://b.test/2,x\n');
  expect(closed.jobs.map(({ jobUrl }) => jobUrl)).toEqual(["https://a.test/1", "https://b.test/2"]);
});

test("a file without a column of addresses names no job, and says so", () => {
  expect(readJobList("link,note\nhttps://a.test,x\n")).toEqual({
    jobs: [],
    faults: [{ row: 1, problem: "there is no column `url`" }],
  });
  expect(readJobList("")).toEqual({ jobs: [], faults: [] });
});
