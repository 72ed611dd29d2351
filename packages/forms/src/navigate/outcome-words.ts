/** What sites say of an application, in the languages of the vocabulary: en, de, fr, es, pt, it, nl, pl. */

export const confirmed = either(
  String.raw`thank(?:s| you)(?: very much| so much)? for (?:applying|your application|submitting)`,
  String.raw`application (?:has been |was |is )?(?:now )?(?:successfully )?(?:submitted|received|sent|complete)`,
  String.raw`(?:received|got) your application|successfully (?:applied|submitted)`,
  String.raw`you have (?:successfully )?applied (?:for|to)|your application is on its way`,
  String.raw`(?:vielen |herzlichen )?dank für (?:ihre|deine|die) (?:bewerbung|zusendung)`,
  String.raw`bewerbung (?:ist |wurde )?(?:bei uns )?(?:erfolgreich )?(?:eingegangen|übermittelt|abgeschickt|versendet|gesendet|eingereicht)`,
  String.raw`haben (?:ihre|deine) bewerbung erhalten`,
  String.raw`merci (?:beaucoup )?(?:d['’]avoir postulé|pour votre candidature|de votre candidature)`,
  String.raw`candidature (?:a (?:bien )?été|est bien) (?:bien )?(?:reçue|envoyée|transmise|enregistrée|soumise)`,
  String.raw`avons bien reçu votre candidature`,
  String.raw`(?:muchas )?gracias por (?:su|tu|la) (?:solicitud|candidatura|postulación)|gracias por (?:postular\S*|solicitar|aplicar)`,
  String.raw`hemos recibido (?:su|tu) (?:solicitud|candidatura|postulación)`,
  String.raw`(?:solicitud|candidatura|postulación) (?:ha sido |se ha |fue )?(?:correctamente )?(?:enviada|recibida|enviado|recibido)`,
  String.raw`obrigad[oa] (?:por se candidatar|pela (?:sua )?candidatura)|candidatura (?:foi )?(?:enviada|recebida|submetida)`,
  String.raw`grazie per (?:la (?:tua|sua) candidatura|esserti candidat\S)|candidatura (?:è stata )?(?:inviata|ricevuta)`,
  String.raw`bedankt voor (?:je|uw|het) sollicit\S+|sollicitatie (?:is )?(?:succesvol )?(?:ontvangen|verzonden|verstuurd)`,
  String.raw`dziękujemy za (?:aplikację|zgłoszenie|przesłanie)|(?:aplikacja|zgłoszenie) (?:została|zostało) (?:wysłan\S|otrzyman\S|przyjęt\S)`,
);

export const alreadyApplied = either(
  String.raw`(?:you(?:'ve| have)|we) already (?:applied|submitted|received)`,
  String.raw`already (?:submitted|received) (?:an|your|this) application|already applied (?:to|for) this`,
  String.raw`application already exists|duplicate application`,
  String.raw`(?:reached|exceeded|hit) (?:the|your) (?:application limit|limit (?:of|on|for) applications|maximum number of applications)|application limit (?:has been |was )?(?:reached|exceeded)`,
  String.raw`bereits (?:auf diese stelle |für diese stelle )?beworben|bewerbung (?:liegt|existiert|ist) bereits`,
  String.raw`déjà postulé|candidature existe déjà`,
  String.raw`ya (?:ha|has) (?:solicitado|postulado|aplicado)|solicitud ya existe`,
  String.raw`já se candidatou|(?:ti sei|si è) già candidat\S|al gesolliciteerd|już (?:aplikował\S*|zaaplikowa\S*)`,
);

export const closed = either(
  String.raw`no longer (?:accepting|taking|available|open|active|being accepted|exists|recruiting|hiring)|not (?:currently )?accepting (?:new |any )?applications`,
  String.raw`(?:position|job|role|vacancy|posting|opening|requisition) (?:has been|is|was) (?:now )?(?:closed|filled|expired|removed|inactive)`,
  String.raw`(?:applications?|posting|job|vacancy) (?:are|is|have|has) (?:now )?(?:been )?closed`,
  String.raw`job (?:posting )?(?:has )?expired|deadline (?:has )?passed`,
  String.raw`(?:stelle|position|ausschreibung|stellenanzeige|anzeige) (?:ist|wurde) (?:leider )?(?:nicht mehr (?:verfügbar|aktiv|online|offen|ausgeschrieben)|(?:bereits )?besetzt|geschlossen|archiviert)|keine bewerbungen mehr|bewerbungsfrist (?:ist )?(?:abgelaufen|beendet)`,
  String.raw`(?:offre|poste|annonce) (?:n['’]est plus (?:disponible|en ligne|ouverte?|d['’]actualité)|(?:est|a été) (?:déjà )?(?:pourvue?|clôturée?|clos|close|expirée?))|n['’]accept(?:e|ons) plus (?:de |les )?candidatures`,
  String.raw`(?:oferta|vacante|puesto) (?:ya no está (?:disponible|activ[oa]|abiert[oa])|(?:está|ha sido) (?:cerrad[oa]|cubiert[oa]))|ya no (?:se )?acepta(?:n|mos)? (?:más )?(?:solicitudes|candidaturas|postulaciones)`,
  String.raw`vaga (?:(?:já )?não está mais (?:disponível|aberta)|(?:foi )?(?:encerrada|preenchida))|não (?:estamos )?(?:aceita|aceitando|recebendo) mais candidaturas`,
  String.raw`(?:posizione|offerta|annuncio) (?:non è più (?:disponibile|attiv[oa]|apert[oa])|(?:è (?:stat[oa] )?)?chius[oa])|non (?:accettiamo|accetta|si accettano) più candidature|candidature (?:sono )?chiuse`,
  String.raw`vacature is (?:helaas )?(?:niet meer (?:beschikbaar|actief|open)|gesloten|vervuld)|sollicite?ren (?:op deze vacature )?is niet meer mogelijk`,
  String.raw`(?:oferta|ogłoszenie) (?:(?:pracy )?(?:jest )?(?:już )?(?:nieaktualn[ae]|niedostępn[ae])|wygasł[ao])|nie przyjmujemy już (?:zgłoszeń|aplikacji)|rekrutacja (?:została )?zakończona`,
);

/** Said of jobs in general, or of others than the one whose page it is. */
export const ofOtherJobs = either(
  String.raw`(?:some|other|others|older|old|past|previous|many|most|similar|these|those|any|all) (?:of )?(?:\S+ )?(?:jobs|positions|roles|listings|postings|vacancies|openings|offers|ads)`,
  String.raw`(?:jobs?|positions?|roles?|listings?|postings?|vacanc(?:y|ies)|openings?|offers?|ads?) (?:that|which)`,
  String.raw`(?:einige|andere|manche|ältere|viele|frühere) (?:\S+ )?(?:stellen|anzeigen|stellenanzeigen|ausschreibungen)|(?:stellen|anzeigen|ausschreibungen),? die`,
  String.raw`(?:certaines|d'autres|anciennes|les) offres|offres qui`,
  String.raw`(?:algunas|otras|las) (?:ofertas|vacantes)|(?:ofertas|vacantes|puestos) que`,
  String.raw`(?:algumas|outras|as) vagas|vagas que|(?:alcune|altre|le) (?:offerte|posizioni)|(?:offerte|posizioni) che`,
  String.raw`(?:sommige|andere|oudere) vacatures|vacatures die|(?:niektóre|inne|starsze) (?:oferty|ogłoszenia)|(?:oferty|ogłoszenia),? które`,
);

/** What a sentence about a job, or about applying for it, names. */
export const jobNouns = either(
  String.raw`job|position|role|vacancy|posting|opening|requisition|opportunity|applications?`,
  String.raw`stelle|ausschreibung|stellenanzeige|anzeige|bewerbungen|bewerbungsfrist`,
  String.raw`offre|poste|annonce|candidatures?|oferta|vacante|puesto|solicitudes|candidaturas|postulaciones`,
  String.raw`vaga|posizione|offerta|annuncio|candidature|vacature|ogłoszenie|zgłoszeń|aplikacji|rekrutacja`,
);

export const notFound = either(
  // The number of a job is no such word.
  String.raw`(?<=^\W*(?:(?:http|page|status|code|error|fehler|erreur|errore?|fout|błąd)\W+)*)404`,
  String.raw`(?:page|job|posting|position)(?: you(?:'re| are) looking for)? (?:could ?n[o']t be found|was not found|not found|does ?n[o']t exist)`,
  String.raw`can(?:'|no)t find (?:that|the|this) (?:page|job)`,
  String.raw`seite (?:wurde )?nicht gefunden|page (?:introuvable|non trouvée)|página no encontrada|página não encontrada|pagina non trovata|pagina niet gevonden|nie znaleziono strony`,
);

export const softError = either(
  String.raw`something went wrong|unexpected error|internal server error`,
  String.raw`(?:could not|couldn't|unable to|failed to) (?:process|submit|complete|send|save)`,
  String.raw`temporarily unavailable|service unavailable|try again (?:later|in a)`,
  String.raw`etwas ist schief\s?gelaufen|ein (?:unerwarteter )?fehler ist aufgetreten|versuchen sie es (?:später|bitte)`,
  String.raw`une erreur (?:s['’]est produite|est survenue)|réessayez plus tard`,
  String.raw`(?:algo salió mal|se ha producido un error|ha ocurrido un error)|inténtelo (?:de nuevo )?más tarde`,
  String.raw`algo deu errado|ocorreu um erro|qualcosa è andato storto|si è verificato un errore|er is iets misgegaan|coś poszło nie tak|wystąpił błąd`,
);

/** The page wants something put right: it has not taken the application. */
export const needsWork = either(
  String.raw`fix|correct|errors?|invalid|incomplete|missing|is required|are required`,
  String.raw`korrigier\S*|fehler|ungültig\S*|unvollständig\S*|fehlt|fehlen|erforderlich`,
  String.raw`corrige[zr]|erreurs?|invalides?|manquante?s?|obligatoires?`,
  String.raw`corrij\S+|errores|inválid\S+|incomplet\S+|falta|faltan|obligatori\S+`,
  String.raw`corrija|erros?|errori|correggi\S*|verplicht|ongeldig\S*|fouten|popraw\S*|błęd\S+|wymagane`,
);

/** Said together with what has to be put right. */
export const asksForWork = either(
  String.raw`please|must|bitte|veuillez|por favor|debe|devem?|per favore|alstublieft|proszę`,
);

/** Faults that are counted or named one by one. */
export const namesFaults = either(
  String.raw`\d+ (?:errors?|fehler|erreurs?|errores|erros|errori|fouten|błęd\S+)`,
  String.raw`is (?:invalid|required|missing)|ist (?:ungültig|erforderlich)|est (?:invalide|obligatoire)|es (?:inválid[oa]|obligatori[oa])`,
);

/** What was kept has not been sent. */
export const unfinished = either(
  String.raw`draft|not (?:yet )?(?:been )?(?:submitted|sent|received|complete)`,
  String.raw`entwurf|(?:noch )?nicht (?:abgeschickt|gesendet|eingegangen|übermittelt)`,
  String.raw`brouillon|n['’]a pas (?:encore )?été (?:envoyée|reçue|transmise)`,
  String.raw`borrador|no (?:se )?ha (?:sido )?(?:enviad[oa]|recibid[oa])`,
  String.raw`rascunho|não foi enviada|bozza|non è stata inviata|nog niet (?:verzonden|ontvangen)|szkic`,
);

/** It is not done yet. */
export const underWay = either(
  String.raw`(?:submitting|sending|uploading|processing|loading)|please wait|almost (?:done|there|finished)|one (?:more|last) step|one moment`,
  String.raw`(?:wird|werden) (?:gerade )?(?:gesendet|übermittelt|hochgeladen|geladen|verarbeitet)|bitte warten|fast (?:fertig|geschafft)`,
  String.raw`(?:envoi|chargement|traitement) en cours|(?:veuillez )?patientez?|presque (?:terminé|fini)`,
  String.raw`enviando|cargando|procesando|espere|un momento|casi (?:listo|terminado)|aguarde|carregando|attendere|caricamento|even geduld|bezig met|proszę czekać`,
);

/** In a heading: the site wants to know who is there. */
export const signIn = either(
  String.raw`(?:sign|log)[ -]?in|login|password|(?:verification|security) code|your account`,
  String.raw`anmelden|anmeldung|einloggen|passwort|(?:sicherheits|bestätigungs)code`,
  String.raw`connexion|se connecter|connectez-vous|mot de passe|code de (?:vérification|sécurité)`,
  String.raw`(?:iniciar|inicie|inicio de) sesión|contraseña|código de (?:verificación|seguridad)`,
  String.raw`iniciar sessão|senha|accedi|accesso|inloggen|wachtwoord|zaloguj|logowanie|hasło`,
);

/** A sentence under a condition, or a question, states nothing. */
export const conditional = either(
  String.raw`if|once|when|after|until|unless|before|in case|have you|did you`,
  String.raw`wenn|falls|sobald|nachdem|bevor|haben sie|hast du`,
  String.raw`si|lorsque|dès que|après|avant|avez-vous`,
  String.raw`cuando|una vez|después|antes|quando|dopo|prima|depois|wanneer|zodra|als|nadat|jeśli|gdy|kiedy|po tym`,
);

/** What comes after these words has not happened yet. */
export const future = either(
  String.raw`will be|would be|may be|can be|wird|werden|sera|será|sarà|zal|będzie`,
);

/** Whole words, whatever their letters; a straight and a curly apostrophe are one. */
function either(...patterns: string[]): RegExp {
  return new RegExp(String.raw`(?<![\p{L}\d])(?:${patterns.join("|")})(?![\p{L}\d])`, "iu");
}
