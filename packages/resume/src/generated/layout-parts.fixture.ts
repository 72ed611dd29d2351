import type { Degree, Person, Position } from "./people.fixture.ts";
import type { Pen } from "./pen.fixture.ts";

const short = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const long =
  "January February March April May June July August September October November December".split(
    " ",
  );

type Spelling = (date: string) => string;
const monthOf = (date: string) => Number(date.slice(5)) - 1;
const spelled = (inMonths: Spelling): Spelling => {
  return (date) => {
    if (date === "present") return "Present";
    return date.length === 4 ? date : inMonths(date);
  };
};
export const shortDate = spelled((date) => `${short[monthOf(date)]} ${date.slice(0, 4)}`);
export const longDate = spelled((date) => `${long[monthOf(date)]} ${date.slice(0, 4)}`);
export const numbers = spelled((date) => `${date.slice(5)}/${date.slice(0, 4)}`);

export function span(entry: Position | Degree, spell: Spelling, between = " – "): string {
  return `${spell(entry.startDate)}${between}${spell(entry.endDate)}`;
}

export function contacts({ place, phone, email, user }: Person): readonly string[] {
  return [place, phone, email, `linkedin.com/in/${user}`, `https://${user}.dev`];
}

export function writeHead(pen: Pen, person: Person, between = "  |  "): void {
  pen.line(person.name, { size: 22, isBold: true });
  pen.line(contacts(person).join(between), { size: 8.5 });
}

export function writeDegrees(pen: Pen, { education }: Person): void {
  for (const degree of education) {
    pen.line(degree.institution, { isBold: true, gap: 4 });
    pen.right(span(degree, shortDate));
    pen.line(`${degree.studyType} in ${degree.area}`);
  }
}

export function writeSkills(pen: Pen, { skills }: Person): void {
  for (const { name, keywords } of skills) pen.line(`${name}: ${keywords.join(", ")}`);
}

/** How most of them end. */
export function writeRest(pen: Pen, person: Person): void {
  pen.heading("Education");
  writeDegrees(pen, person);
  pen.heading("Skills");
  writeSkills(pen, person);
}

export const wholePage = { x: 50, y: 30, width: 495 };
export const allSkills = ({ skills }: Person) => skills.flatMap(({ keywords }) => keywords);
