import { expect, test } from "vitest";
import { findWindow } from "./find-window.ts";

const from = "2027-11-02";

test.each([
  ["october 19th - january 8th", "2027-10-19", "2028-01-08"],
  ["21 june - 27 august 2028", "2028-06-21", "2028-08-27"],
  ["june 7 - 18, 2028", "2028-06-07", "2028-06-18"],
  ["between december 2027 and june 2028", "2027-12-01", "2028-06-30"],
  ["summer 2028", "2028-06-01", "2028-08-31"],
  ["winter 2027", "2027-12-01", "2028-02-29"],
  ["on july 5th 2028", "2028-07-05", "2028-07-05"],
  ["from 5 july 2028", "2028-07-05", "2028-07-05"],
  ["sept 2028", "2028-09-01", "2028-09-30"],
  ["spring", "2028-03-01", "2028-05-31"],
  ["in 2029", "2029-01-01", "2029-12-31"],
])("%s", (text, start, end) => {
  expect(findWindow(text, from)).toMatchObject({ start, end });
});

test.each([
  "you may march on",
  "in 2028 or 2029",
  "room 2028a",
  "fall back on us 3 times",
  "spring boot",
  "summer 2028 or summer 2029",
  "may 2028 or december 2028",
  "summer 2028 or fall 2028",
])("%s names no one time", (text) => {
  expect(findWindow(text, from)).toBeUndefined();
});
