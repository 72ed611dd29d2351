import type { LanguageTerms } from "./language-terms.ts";

export const french: LanguageTerms = {
  is: {
    "name.first": "prenom(s|\\(s\\))?( usuel| d'etat civil)?",
    "name.middle": "(deuxieme|second|autre)s? prenoms?",
    "name.last": "nom (de famille|d'usage|de naissance)|patronyme",
    "name.full":
      "nom|nom complet|(prenoms? (et|&|/|,)? ?noms?|noms? (et|&|/|,|-)? ?prenoms?)( complets?)?|nom ?/ ?prenom",
    "name.preferred": "prenom (d'usage|prefere)|surnom",
    email:
      "(adresse )?(e-?mail|mail|courriel|electronique|de courriel)( electronique| personnelle)?|adresse (e-?mail|mail|de messagerie|courriel).{0,12}|mel",
    "email.confirm":
      "(confirm(er|ez|ation)|repet(er|ez)|verification)( de| d')?( l'| votre | l')?(adresse )?(e-?mail|mail|courriel).*|(e-?mail|courriel) \\(confirmation\\)",
    phone:
      "(numero (de )?)?(telephone|tel|portable|mobile|gsm)( ?(portable|mobile|fixe|domicile|personnel|bureau))?|n[o°] ?(de )?tel(ephone)?|numero de (telephone|portable|mobile).{0,16}",
    "phone.countryCode": "indicatif( telephonique| pays| du pays)?|code pays",
    "address.line1":
      "adresse( postale| complete| ligne 1| 1| de livraison| de facturation)?|rue|numero et (nom de )?rue|n[o°]? ?(et|,)? ?rue|voie|nom de la rue",
    "address.line2":
      "complement( d'adresse)?|adresse( ligne)? 2|appartement.{0,20}|batiment.{0,20}",
    "address.city": "ville|commune|localite|municipalite",
    "address.region": "region|province|departement|etat|canton|etat ?/ ?province",
    "address.postalCode": "code[ _]postal|cp",
    "address.country": "pays( de residence)?|lieu de residence|pays ?/ ?region",
    location: "localisation|lieu( de residence)?|ville et pays",
    birthdate: "date de naissance|ne\\(?e?\\)? le|anniversaire",
    pronouns: "pronoms?",
    "url.portfolio": "site (web|internet)( personnel)?|portfolio|page personnelle",
    resume: "cv|curriculum vitae",
    coverLetter: "lettre( de motivation)?",
    "work.company":
      "(employeur|entreprise|societe)( actuelle?| actuel)?|nom de (l'entreprise|la societe)|raison sociale",
    "work.title":
      "(poste|fonction|intitule (du|de) poste|titre( du poste)?|emploi)( actuelle?| actuel| occupe)?",
    "education.school": "(ecole|universite|etablissement)( scolaire| d'enseignement)?",
    "education.degree": "diplome|niveau d'etudes?|(dernier )?diplome( obtenu)?|formation",
    "education.discipline": "(domaine|filiere|specialite)( d'etudes?)?",
    "eeo.gender": "sexe|genre",
    startDate:
      "(date de )?disponibilite|disponible a partir du|date d'(entree|embauche|arrivee).{0,20}",
    "account.username": "(nom d'utilisateur|identifiant|pseudo|pseudonyme|login)",
    search: "recherch(e|er)|rechercher .{0,20}",
  },
  has: {
    "email.confirm":
      "(confirm|ressaisi|repet)\\w*.{0,30}(mail|courriel)|(mail|courriel)\\w*.{0,20}confirm",
    "work.yearsOfExperience": "(combien d'|nombre d')annees d'experience|annees d'experience",
    "salary.expected":
      "pretentions? salariale|salaire (souhaite|attendu|vise)|remuneration (souhaitee|attendue)",
    noticePeriod: "preavis",
    startDate: "quand (etes-vous|pourriez-vous|pouvez-vous).{0,30}(disponible|commencer)",
    relocation: "demenager|mobilite geographique|relocalis",
    travel: "deplacements?|voyager",
    referralSource:
      "comment (avez-vous|nous avez-vous|as-tu|nous as-tu).{0,30}(connu|entendu|decouvert|trouve)|d'ou nous connaissez",
    "workAuth.sponsorship":
      "(besoin|necessit|requi).{0,40}(visa|parrainage|permis de travail)|parrainage",
    "workAuth.authorized":
      "autoris.{0,40}travailler|permis de travail|droit de travailler|legalement.{0,20}travailler",
    "workAuth.citizenship": "nationalite|citoyennete",
    "eeo.disability": "handicap|rqth",
    "compliance.over18": "(plus de|moins) 18 ans|majeur",
    "consent.privacy":
      "(mes|vos) donnees|donnees (a caractere )?personnelles|politique de confidentialite|rgpd|vie privee",
    "consent.marketing":
      "(futur|autre)e?s (offres|opportunites|recrutements|postes)|newsletter|lettre d'information|offres (commerciales|promotionnelles|partenaires)|recevoir (des|les|nos) (offres|informations|actualites)",
    "consent.other": "j'accepte|je consens|conditions (generales|d'utilisation)|cgu\\b|cgv\\b",
    "attestation.truth": "(certifie|atteste|declare).{0,60}(exact|veridique|vrai|sincere)",
    "payment.other": "carte (bancaire|de credit)|numero de carte|cryptogramme",
    "account.password": "mot de passe",
  },
};
