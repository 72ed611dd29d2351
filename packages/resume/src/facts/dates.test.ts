import { expect, test } from "vitest";
import { findDates } from "./dates.ts";

test.each([
  ["Jan 2019 – Present", "2019-01", "present"],
  ["January 2019 to date", "2019-01", "present"],
  ["2019-01-15 - 2020-02-01", "2019-01", "2020-02"],
  ["2019-01-15 —", "2019-01", "present"],
  ["01/2019 - 12/2020", "2019-01", "2020-12"],
  ["3/2019–4/2020", "2019-03", "2020-04"],
  ["01.03.2019 bis 31.12.2020", "2019-03", "2020-12"],
  ["May – Aug 2019", "2019-05", "2019-08"],
  ["Sept. 2018–Oct. 2020", "2018-09", "2020-10"],
  ["Jun '15 to Jul '17", "2015-06", "2017-07"],
  ["2015-Oct - 2018-Jan", "2015-10", "2018-01"],
  ["Janv. 2015 – Févr. 2016", "2015-01", "2016-02"],
  ["2015-2017", "2015", "2017"],
  ["Summer 2014 – Fall 2016", "2014", "2016"],
  ["März 2017 – heute", "2017-03", "present"],
  ["seit Oktober 2020", "2020-10", "present"],
  ["depuis février 2020", "2020-02", "present"],
  ["août 2016 – déc. 2018", "2016-08", "2018-12"],
  ["septiembre de 2016 – actualidad", "2016-09", "present"],
  ["dicembre 2013 – oggi", "2013-12", "present"],
  ["março de 2012 – outubro de 2014", "2012-03", "2014-10"],
  ["maart 2012 – heden", "2012-03", "present"],
])("%s is from %s to %s", (text, start, end) => {
  expect(findDates(text)).toEqual([expect.objectContaining({ start, end, isSingle: false })]);
});

test.each([
  ["Graduated May 2016", "2016-05"],
  ["2016", "2016"],
  ["12/2016", "2016-12"],
])("%s is the one date %s", (text, start) => {
  expect(findDates(text)).toEqual([
    expect.objectContaining({ start, end: undefined, isSingle: true }),
  ]);
});

test.each([
  "Served 20190 people",
  "Room 1920B",
  "v2.2019.1",
  "10.2019.55.1",
  "Cut costs by 2000000",
])("%s is no date", (text) => {
  expect(findDates(text)).toEqual([]);
});

test("words before a year are months or are left alone", () => {
  expect(findDates("Marketing 2019")).toEqual([
    expect.objectContaining({ start: "2019", text: "2019" }),
  ]);
});
