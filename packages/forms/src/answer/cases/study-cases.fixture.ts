import type { CaseTable } from "./read-cases.fixture.ts";

/** On study. */
export const studyCases: CaseTable = {
  topic: "study",
  engineer: `
What is the highest degree you have completed? [High school; Bachelor's degree; Master's degree; Doctorate] => Master's degree
Do you hold a Master's degree? [yn] => Yes
Do you have a PhD? [yn] => ask
Do you have a Bachelor's degree or higher? [yn] => Yes
Have you completed a degree in Computer Science? [yn] => Yes
Are you currently a student? [yn] => No
Are you currently enrolled at a university? [yn] => No
What was your final grade? => 1.3
GPA (out of 4.0) [3.5-4.0; 3.0-3.5; Below 3.0] => ask
Field of study [Computer Science; Mathematics; Physics] => Computer Science
Which university did you graduate from? => Technische Universität München
When did you graduate? => September 2020
Graduation year {number} => 2020
Höchster Bildungsabschluss [Abitur; Bachelor; Master; Promotion] => Master
Do you have a degree in Law? [yn] => ask
Do you have a university degree? [yn] => Yes
Do you have a Bachelor's degree in Computer Science? [yn] => ask
Do you have a Master's degree in Computer Science? [yn] => Yes
School city => ask
Degree you would like to pursue => ask
Do you plan to study further? [yn] => ask
Do you plan to do a PhD next? [yn] => ask
GPA => ask
Final grade => 1.3
`,
  student: `
What degree are you working towards? [Bachelor's; Master's; PhD] => Bachelor's
Will you have completed your degree by July 2028? [yn] => Yes
Are you in your penultimate year of study? [yn] => No
What did you get in A-level maths? => ask
Have you taken a course in operating systems? [yn] => ask
Have you taken courses in Statistics? [yn] => Yes
What is your SAT score? => ask
Do you have an SAT score of at least 1400? [yn] => ask
What is your current cumulative GPA? => 3.7
Is your GPA 3.5 or higher? [yn] => ask
Are you the first in your family to attend university? [yn] => ask
Which student societies are you a member of? => ask
Expected graduation year [2026; 2027; 2028; 2029] => 2028
Graduation term [Fall 2027; Spring 2028; Fall 2028] => Spring 2028
What is your anticipated graduation month? [May; June; July] => June
Will you be returning to school after the internship? [yn] => ask
Are you graduating in 2027? [yn] => No
Are you enrolled full-time in a degree programme? [yn] => Yes
Are you pursuing a Master's or PhD? [yn] => No
Are you a rising senior? [yn] => ask
Current year of study [First year; Second year; Third year; Postgraduate] => Third year
Current degree level [Associate's; Bachelor's; Master's] => Bachelor's
What is your major? => Physics
Second major (if any) => ask
Minor => ask
University => Harbour University
High school name => ask
University email => ask
Current degree programme [Bachelor's; Master's; PhD; Not studying] => Bachelor's
Which degree are you currently pursuing? [Bachelor's; Master's; PhD; Not studying] => Bachelor's
Please enter your (expected) graduation date => June 2028
Expected graduation (month) [May; June; July] => June
Is your expected graduation date between September 2027 and August 2028? [yn] => Yes
Will you graduate in 2028 or 2029? [yn] => ask
Are you a final year or penultimate year student? [yn] => Yes
Are you currently studying a STEM degree? [yn] => ask
GPA => 3.7
GPA scale => ask
Cumulative GPA range [Below 3.0; 3.0 - 3.49; 3.5 - 3.79; 3.8 - 4.0] => 3.5 - 3.79
What are your compensation expectations for this role? => ask
Are your compensation expectations within the range of $100k-120k? [yn] => ask
What type of school did you attend? [State; Private] => ask
Is your university located in the Netherlands? [yn] => ask
Did you graduate from high school in the Netherlands? [yn] => ask
Does your university teach Rust? [yn] => ask
Is your graduation date flexible? [yn] => ask
Did you fail any course in 2027? [yn] => ask
Have you taken a leave from your degree? [yn] => ask
Is your degree taught in English? [yn] => ask
Have you taken a course in Quantum Mechanics? [yn] => ask
Do you plan to do a Master's after your degree? [yn] => No
`,
};
