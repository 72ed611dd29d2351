import type { CaseTable } from "./read-cases.fixture.ts";

/** On pay, notice and time. */
export const payCases: CaseTable = {
  topic: "pay, notice and time",
  engineer: `
What is your desired annual salary (EUR)? => 85000
Expected yearly salary in euros {number} => 85000
Salary expectation in USD => ask
Desired monthly salary => ask
Expected hourly rate (EUR) => ask
Gehaltsvorstellung (brutto, EUR pro Jahr) => 85000
Prétentions salariales annuelles en euros => 85000
Gehaltsvorstellung pro Monat => ask
Salary range per year [Under €60,000; €60,000 - €80,000; €80,000 - €90,000; More than €90,000] => €80,000 - €90,000
Salary range per year (GBP) [£60,000 - £80,000; £80,000 - £90,000] => ask
What is your current salary? => ask
Is a salary of 60.000 EUR acceptable for you? [yn] => ask
Currency [USD; EUR; GBP] => EUR
What is your notice period? => 3 months
Notice period [None; 1 month; 2 months; 3 months] => 3 months
How long is your notice period? [Less than a month; 1 - 3 months; More than 3 months] => 1 - 3 months
Notice period in days {number} => ask
Kündigungsfrist [Keine; 1 Monat; 3 Monate] => 3 Monate
When could you join us? => 2027-04-01
Earliest start date (DD/MM/YYYY) => 01/04/2027
Earliest start date (MM/DD/YYYY) => 04/01/2027
Frühestmöglicher Eintrittstermin (TT.MM.JJJJ) => 01.04.2027
Date de disponibilité (jj/mm/aaaa) => 01/04/2027
Earliest start date {date} => 2027-04-01
Could you start on 1 March 2027? [yn] => No
Could you start by the end of May 2027? [yn] => Yes
Are you available immediately? [yn] => No
How soon can you start? [Immediately; Within 1 month; 1-3 months; More than 3 months] @Velo AG, Berlin, Germany => More than 3 months
I have read and accept the privacy notice {checkbox} => Yes
Current salary => ask
Salary expectation per month in EUR => ask
Salary expectations {number} => 85000
Are you willing to accept a salary below 80,000 EUR? [yn] => ask
Minimum acceptable salary => ask
Day rate (EUR) => ask
Können Sie sofort anfangen? [Ja; Nein] => ask
Are you available to start on 1 April 2027? [yn] => Yes
Are you available to start before April 2027? [yn] => No
Can you start in 2 weeks? [yn] => ask
Weekly availability (hours) => ask
Wie hoch ist Ihre Gehaltsvorstellung (Jahresbrutto in EUR)? => 85000
Wann können Sie frühestens anfangen? => 2027-04-01
Expected salary (CHF) => ask
Expected salary in thousands of EUR => ask
Previous salary => ask
Last drawn salary => ask
Salary history => ask
Present salary (EUR) => ask
Aktuelles Gehalt => ask
Salario actual => ask
Letztes Gehalt (EUR) => ask
Start date of your current job => ask
When did you start your current job? => ask
Date available for interview {date} => ask
`,
  student: `
What are your pay expectations? => ask
Are you available full time (40 hours) from July to September 2028? [yn] => ask
Are you available for 10 weeks in summer 2028? [yn] => ask
Which internship cycle are you applying for? [Fall 2027; Winter 2028; Summer 2027] => ask
Desired salary => ask
Hourly rate => ask
Is there anything that might affect your start date? [yn] => ask
When are you available for a summer internship? [May - July 2028; June - August 2028; Not available] @Harbor Trading, New York, NY => June - August 2028
What is your availability for the 2028 summer internship? {textarea} @Harbor Trading, New York, NY => 2028-07-03
Earliest start date => 2028-07-03
Preferred start month [June 2028; July 2028; August 2028] => July 2028
Are you able to start in July 2028? [yn] => Yes
Are you able to start in August 2028? [yn] => Yes
Are you subject to a notice period? [yn] => ask
Notice period (weeks) {number} => ask
What is your notice period? => 1 month
Please confirm that you have read our privacy notice [yn] => ask
When did you start using Python? => ask
Can your start date be moved to September 2028? [yn] => ask
Is your notice period negotiable? [yn] => ask
`,
};
