import type { LanguageTerms } from "./language-terms.ts";

export const spanish: LanguageTerms = {
  is: {
    "name.first": "primer nombre|nombres|nombre de pila|nombre\\(s\\)",
    "name.middle": "segundo nombre",
    "name.last": "(primer )?apellidos?|apellido\\(s\\)|apellido paterno",
    "name.full":
      "nombre|nombre completo|nombres? (y|e|&) apellidos?|apellidos? y nombres?|nombre y primer apellido",
    "name.preferred": "nombre preferido|apodo|sobrenombre",
    email:
      "(direccion de )?(correo( electronico)?|e-?mail|mail)( electronico| personal)?|direccion electronica|correo-e",
    "email.confirm":
      "(confirm(ar|e|a|acion)|repet(ir|ir)|repita|repite|reingrese).{0,12}(correo|e-?mail).*",
    phone:
      "(numero (de )?)?(telefono|tel|movil|celular|telefono (movil|celular|fijo|de contacto|particular))( de contacto)?|n[o°.]* ?de tel(efono)?",
    "phone.countryCode": "(codigo|prefijo)( de| del)?( pais| internacional| telefonico)?",
    "address.line1":
      "direccion( postal| completa| particular| linea 1| 1)?|domicilio|calle( y numero)?|calle,? n(umero|[o°])?",
    "address.line2":
      "direccion( linea)? 2|piso.{0,20}|apartamento.{0,20}|complemento|departamento ?/.*",
    "address.city": "ciudad|localidad|municipio|poblacion|comuna",
    "address.region":
      "provincia|estado|region|comunidad( autonoma)?|departamento|estado ?/ ?provincia|provincia ?/ ?estado",
    "address.postalCode": "codigo postal|c\\.? ?p\\.?",
    "address.country": "pais( de residencia)?|pais ?/ ?region",
    location: "ubicacion( actual)?|lugar de residencia|ciudad (y|,) pais",
    birthdate: "fecha de nacimiento|f\\.? ?nacimiento|cumpleanos|nacimiento",
    pronouns: "pronombres?",
    "url.portfolio": "(sitio|pagina) web( personal)?|portafolio|portfolio",
    resume: "cv|curriculum( vitae)?|hoja de vida",
    coverLetter: "carta (de presentacion|de motivacion)",
    "work.company": "(empresa|compania|empleador)( actual)?|nombre de la empresa",
    "work.title": "(puesto|cargo|ocupacion)( actual)?( de trabajo)?",
    "education.school":
      "(universidad|escuela|instituto|institucion|centro)( educativ[oa]| de estudios)?",
    "education.degree":
      "titulo|titulacion|grado( academico)?|nivel (de estudios|educativo|academico)",
    "education.discipline": "(carrera|especialidad|area de estudios?|campo de estudio)",
    "eeo.gender": "sexo|genero",
    startDate:
      "(fecha de )?(inicio|incorporacion)( disponible| deseada)?|disponibilidad|disponible desde",
    "account.username": "(nombre de )?usuario|alias|nick",
    search: "(buscar|busqueda|busca)( (de )?(empleos?|trabajos?|ofertas|vacantes))?",
  },
  has: {
    "email.confirm":
      "(confirm|repit|repet)\\w*.{0,30}(e-?mail|correo)|(e-?mail|correo).{0,30}confirm",
    "work.yearsOfExperience": "(cuantos )?anos de experiencia",
    "salary.expected":
      "(expectativa|pretension|aspiracion)e?s? (salarial|economica)|salario (esperado|deseado)|sueldo (esperado|pretendido|deseado)",
    noticePeriod: "preaviso",
    startDate: "cuando (puedes|puede|podrias|podria).{0,30}(empezar|comenzar|incorporar)",
    relocation: "mudar(se|te)?\\b|reubicar|cambiar de residencia",
    travel: "disponibilidad para viajar|viajar",
    referralSource:
      "como (nos|te|se|has|supiste|supo|conoci|conoce).{0,40}(conoci|entera|encontra|supiste|supo|nosotros|vacante|oferta)|como te enteraste",
    "workAuth.sponsorship":
      "(necesit|requier).{0,40}(visa|visado|patrocinio|permiso de trabajo)|patrocinio",
    "workAuth.authorized":
      "(permiso|autorizacion) (de|para) (trabaj|resid)|autorizad[oa].{0,30}trabajar|derecho a trabajar",
    "workAuth.citizenship": "nacionalidad|ciudadania",
    "eeo.disability": "discapacidad",
    "compliance.over18": "mayor de (edad|18)|18 anos",
    "consent.privacy": "(politica|aviso) de privacidad|proteccion de datos|datos personales|rgpd",
    "consent.marketing":
      "(futur|otr)[oa]s (ofertas|procesos|vacantes|oportunidades)|boletin|newsletter|promociones|recibir (ofertas|informacion|noticias|comunicaciones)",
    "consent.other": "acepto|estoy de acuerdo|terminos y condiciones|condiciones de uso|consiento",
    "attestation.truth": "(declaro|certifico|confirmo).{0,60}(veraz|verdad|cierta|correcta|exact)",
    "payment.other": "tarjeta|codigo de seguridad",
    "account.password": "contrasena|clave",
  },
};
