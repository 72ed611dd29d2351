/** Whether two texts name one company, legal forms aside. */
export function isSameCompany(a: string, b: string): boolean {
  const first = bare(a);
  return first !== "" && first === bare(b);
}

function bare(name: string): string {
  return name
    .toLowerCase()
    .replace(
      /\b(inc|ltd|limited|llc|llp|gmbh|ag|corp|corporation|plc|co|company|group|holdings)\b\.?/gu,
      "",
    )
    .replace(/[^\p{L}\p{N}]+/gu, "");
}

/** Whether a question is about the company applied to: by its name or as "us". Where the company is not
 * known, a name may be anybody's. */
export function namesCompany(company: string | undefined, label: string): boolean {
  if (
    /\b(us|we|our|here|this (company|organi[sz]ation|firm|employer|role|position)|the (company|firm))\b/iu.test(
      label,
    )
  )
    return true;
  if (company === undefined) return false;
  const words = label.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
  const own = bare(company);
  const [first = ""] = company.toLowerCase().split(/\s+/u);
  return (
    (own !== "" && words.includes(own)) ||
    (first.length > 3 && new RegExp(`\\b${first.replace(/\W/gu, "")}\\b`, "iu").test(label))
  );
}
