/** What the words on a button say it does; the first row that matches decides. */
type ButtonRole = "other" | "next" | "submit";

const rows: readonly { readonly role: ButtonRole; readonly words: RegExp }[] = [
  {
    role: "other",
    words:
      /^(go )?(back|previous|prev|cancel|close|dismiss|skip|reset|clear|edit|delete|remove|undo)\b|\b(sign|log) ?(in|up|on|out)\b|\bregister\b|create (an )?(account|alert)|forgot/iu,
  },
  {
    role: "other",
    words:
      /\b(attach|upload|browse|choose|drop|dropbox|google drive|onedrive|enter manually|paste|toggle|calendar|add (another|more|an? )|subscribe|newsletter|cookies?|search|find|filter|share|refer|print|help|learn more|show|hide|view)\b/iu,
  },
  {
    role: "other",
    words:
      /\b(apply|continue|autofill|import|sign|fill) (with|via|using|from)\b|\b(linkedin|indeed|seek|xing|facebook|google)\b|\bsave (as )?(a )?draft|save (for|and) (later|exit|close)|\bautofill\b|resend|verify (code|email)/iu,
  },
  {
    role: "other",
    words:
      /^(zurück|abbrechen|schließen|löschen|retour|précédente?|annuler|fermer|atrás|anterior|volver|cancelar|cerrar|voltar|fechar|indietro|annulla|chiudi|vorige|terug|annuleren|sluiten|wstecz|poprzedni|anuluj|zamknij)(?!\p{L})|^(anmelden|einloggen|registrieren|se connecter|iniciar sesión|entrar|accedi|inloggen|zaloguj)(?!\p{L})/iu,
  },
  {
    role: "next",
    words:
      /^(next|continue|proceed|weiter|nächster? schritt|siguiente|suivante?|étape suivante|continuer|continuar|próxim[oa]|seguinte|avançar|avanti|successivo|volgende|verder|doorgaan|dalej|następny|kontynuuj)(?!\p{L})|^(continua|prosegui)$/iu,
  },
  {
    role: "next",
    words:
      /(?<!\p{L})(speichern (und|&) (weiter|fortfahren)|enregistrer et continuer|guardar y continuar|salvar e continuar|guardar e continuar|salva e continua|opslaan en (doorgaan|verder)|zapisz i (kontynuuj|przejdź dalej))(?!\p{L})/iu,
  },
  { role: "next", words: /\b(save|agree|accept|confirm)\b.*\b(continue|next|proceed)\b/iu },
  {
    role: "next",
    words: /^(go to|to) (the )?(next|review)|^review\b|^start( your| my| the)? application/iu,
  },
  {
    role: "submit",
    words:
      /^(re-?)?(submit|send|finish|complete|apply)\b|\b(submit|send)( my| your| the| this)? (application|form)|\b(and|&) (submit|send|apply)\b|^(bewerbung )?(absenden|abschicken)|jetzt bewerben|^(enviar|envoyer|postuler|solicitar)\b/iu,
  },
  {
    role: "submit",
    words:
      /^(bewerbung (absenden|abschicken|senden|einreichen|abschließen)|soumettre|transmettre (ma|votre) candidature|inscribirme|postular(me)?|candidatar(-se|-me)?|submeter|invia|inoltra|candidati|verzend(en)?|verstuur|versturen|solliciteer|sollicitatie (verzenden|versturen)|aplikuj|wyślij)(?!\p{L})/iu,
  },
];

export function buttonRole(text: string): ButtonRole {
  const words = text
    .replace(/[→»›>…]/gu, " ")
    .replace(/\s+/gu, " ")
    .trim();
  return rows.find((row) => row.words.test(words))?.role ?? "other";
}

/** Words that can only mean sending an application, even on a page without a field. */
export function isExplicitSubmit(text: string): boolean {
  return /\b(submit|send|complete|finish)\b.*\bapplication\b|bewerbung (jetzt )?(absenden|abschicken|einreichen)|(envoyer|soumettre|transmettre) (ma|la|votre) candidature|enviar (mi |a |la |minha )?(candidatura|solicitud)|invia (la )?candidatura|sollicitatie (verzenden|versturen)|wyślij (aplikację|zgłoszenie)/iu.test(
    text,
  );
}

/** Words that lead from a posting to its form. */
export function isApplyWay(text: string): boolean {
  const words = text.replace(/\s+/gu, " ").trim();
  if (/\b(with|via|using)\b|linkedin|indeed|seek|how to apply|applied/iu.test(words)) return false;
  if (isOneClick(words)) return false;
  return /^(apply|start (your |an |the )?application|i['’]?m interested|bewerben|jetzt bewerben|online bewerben|postuler|je postule|inscribirme|postular(me)?|candidatar|candidati|solliciteer|aplikuj|solicitar (este |el |la )?(empleo|puesto|trabajo|vacante|oferta))\b/iu.test(
    words,
  );
}

/** Words of a button that applies at once, with what a site already knows and without a form. */
export function isOneClick(text: string): boolean {
  return /\b(easy|quick|instant|express)[ -]?apply\b|\b(one|1)[ -]click\b|\b(in|with) (one|1|a single) click\b|\bapply instantly\b|mit (nur )?(einem|1) klick|en (un|1)( seul)? clic\b|con (un|1)( solo)? clic\b|(com|em) (um|1)( só)? clique|(con|in) (un|1)( solo)? clic\b|met (één|1) klik|jednym kliknięciem/iu.test(
    text,
  );
}
