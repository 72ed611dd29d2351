import type { FormSnapshot, SnapshotPage } from "@valet/contracts";
import { digestOf } from "@valet/domain";

/**
 * Whether two readings show one form with the same contents. Sites put the number of a visit into
 * their addresses, so a form that is opened again is somewhere else; names that a machine made up
 * count as equal here, unless the job's own address holds them; what no field shows is not compared. An approval is bound to the digest
 * itself and never to this.
 */
export function isSameForm(before: FormSnapshot, now: FormSnapshot, jobUrl: string): boolean {
  return digestOf(withoutVisit(before, jobUrl)) === digestOf(withoutVisit(now, jobUrl));
}

function withoutVisit(snapshot: FormSnapshot, jobUrl: string): FormSnapshot {
  return { ...snapshot, pages: snapshot.pages.map((page) => maskPage(page, jobUrl)) };
}

function maskPage(page: SnapshotPage, jobUrl: string): SnapshotPage {
  const { url, target, carried: _carried, ...shown } = page;
  return {
    ...shown,
    url: mask(url, jobUrl),
    target: target === null ? null : { ...target, action: mask(target.action, jobUrl) },
  };
}

/** A UUID, a long hexadecimal number, or a long mixture of cases and digits; never a title's words. */
const madeUp =
  /^(?:[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9a-fA-F]{16,}|(?=\w*\d)(?=\w*[a-z])(?=\w*[A-Z])\w{16,})$/u;

function mask(address: string, jobUrl: string): string {
  return address
    .split(/(?<=[/?&=#])/u)
    .map((part) => {
      const name = part.replace(/[/?&=#]$/u, "");
      const isVisit = madeUp.test(name) && !jobUrl.includes(name);
      return isVisit ? part.replace(name, "*") : part;
    })
    .join("");
}
