import type { StepMarks } from "../page-script/read-step-marks.ts";

/**
 * Whether a page proves that its button leads on to a further page of the form, and does not send it: a list
 * of steps with one behind the current that is more than the thanks at the end, a count such as "Step 1 of
 * 3", or a button that names the page it leads to. "Next" and "Continue" alone prove nothing, and a button
 * that speaks of sending proves the opposite.
 */
export function provesFurtherSteps({
  button,
  marks: { following, counts },
}: {
  /** The words on the button that leads on. */
  readonly button: string;
  readonly marks: StepMarks;
}): boolean {
  if (ofSending.test(button)) return false;
  if (toReview.test(button)) return true;
  const lists = following.map((names) => names.filter((name) => !isEnd.test(plain(name))));
  return lists.some((names) => names.length > 0) || counts.some(isBeforeLast);
}

/** "Step 1 of 3" with words for a step, since a page counts other things too. */
function isBeforeLast(line: string): boolean {
  const [, at, all] = stepCount.exec(line) ?? [];
  return at !== undefined && all !== undefined && Number(at) < Number(all);
}

function plain(name: string): string {
  return name.replace(/^[\s\d.)]+/u, "").trim();
}

const stepCount =
  /(?<!\p{L})(?:step|page|part|section|schritt|seite|teil|abschnitt|étape|partie|paso|página|etapa|passo|fase|pagina|stap|deel|krok|strona)\s*(\d{1,2})\s*(?:\/|of|out of|von|sur|de|di|van|z)\s*(\d{1,2})(?!\d)/iu;

const toReview =
  /^(?:go to |to |next: |continue to )?(?:the )?(?:review|next (?:step|page)|nächster? schritt|étape suivante|siguiente paso|próxim[oa] (?:passo|etapa|página)|volgende stap|następny krok)(?!\p{L})/iu;

/** What is done, not what it is done to: "Review your application" sends none. */
const ofSending =
  /(?<!\p{L})(?:submit\p{L}*|send\p{L}*|apply|finish|complete|absenden|abschicken|senden|bewerben|einreichen|envoyer|soumettre|transmettre|postuler|enviar|postular\p{L}*|solicitar|candidatar\p{L}*|submeter|invia|inoltra|candidati|verzend\p{L}*|verstu\p{L}*|solliciteer|wyślij|aplikuj)(?!\p{L})/iu;

/** What stands at the end of a list of steps is often no page of the form but the thanks behind it. */
const isEnd =
  /^(?:thank.*|thanks|done|finish(?:ed)?|complete[d]?|confirmation|confirmed|success|submitted|sent|fertig|danke|bestätigung|abgeschlossen|merci|confirmation|terminé|gracias|confirmación|hecho|obrigad[oa]|confirmação|concluído|grazie|conferma|fatto|bedankt|bevestiging|klaar|dziękujemy|potwierdzenie|gotowe)$/iu;
