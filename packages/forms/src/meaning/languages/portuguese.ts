import type { LanguageTerms } from "./language-terms.ts";

export const portuguese: LanguageTerms = {
  is: {
    "name.first": "primeiro nome|nome proprio",
    "name.middle": "nome do meio",
    "name.last": "(ultimo nome|sobrenome|apelido|nome de familia)",
    "name.full": "nome( completo)?|nome e (sobrenome|apelido)",
    "name.preferred": "nome (social|preferido)|como (prefere|gostaria de) ser chamado",
    email:
      "(endereco (de )?)?(e-?mail|correio electronico|correio eletronico|correio)( eletronico| pessoal)?",
    "email.confirm": "(confirm(ar|e|acao)|repita|repetir).{0,10}e-?mail.*",
    phone:
      "(numero (de )?)?(telefone|telemovel|celular|tel|fone)( celular| de contato| fixo| residencial| para contato)?",
    "phone.countryCode": "(codigo|indicativo)( do| de| internacional)?( pais)?|ddi|ddd",
    "address.line1":
      "(endereco|morada|rua|logradouro)( completo| residencial| linha 1| 1)?|endereco e numero",
    "address.line2": "complemento|endereco (linha )?2|andar.{0,20}",
    "address.city": "cidade|localidade|municipio|concelho",
    "address.region": "estado|distrito|uf|provincia|estado ?/ ?provincia",
    "address.postalCode": "cep|codigo[ -]postal",
    "address.country": "pais( de residencia| ou zona de residencia)?",
    location: "localizacao|localidade atual|cidade e estado",
    birthdate: "data de nascimento|nascimento|aniversario",
    pronouns: "pronomes?",
    "url.portfolio": "(site|pagina)( web| pessoal)?|portfolio|portifolio",
    resume: "cv|curriculo|curriculum( vitae)?",
    coverLetter: "carta de (apresentacao|motivacao)",
    "work.company": "(empresa|empregador)( atual)?|nome da empresa",
    "work.title": "(cargo|funcao|profissao)( atual)?",
    "education.school": "(universidade|faculdade|escola|instituicao)( de ensino)?",
    "education.degree":
      "(grau|nivel) (academico|de escolaridade)|escolaridade|formacao( academica)?|diploma",
    "education.discipline": "(curso|area de estudo|especializacao)",
    "eeo.gender": "sexo|genero",
    startDate: "data de (inicio|disponibilidade)|disponibilidade( para inicio)?",
    "account.username": "(nome de )?(usuario|utilizador)",
    search: "(pesquisar?|procurar|buscar?)( (de )?(vagas|empregos?|trabalhos?))?",
  },
  has: {
    "email.confirm": "(confirm|repet|repita)\\w*.{0,30}e-?mail|e-?mail.{0,30}confirm",
    "work.yearsOfExperience": "anos de experiencia",
    "salary.expected":
      "pretens(ao|oes) salaria|expectativa salarial|salario (pretendido|desejado|esperado)",
    noticePeriod: "aviso previo",
    startDate: "quando (pode|poderia|podera).{0,20}(comecar|iniciar)",
    relocation: "mudar de (cidade|pais|residencia)|relocacao|realocacao",
    travel: "disponibilidade para viajar|viagens|viajar",
    referralSource: "como (soube|ficou sabendo|conheceu|nos encontrou|descobriu)",
    "workAuth.sponsorship": "(precisa|necessita|requer).{0,40}(visto|patrocinio)",
    "workAuth.authorized":
      "(autorizacao|permissao|autorizado).{0,30}trabalhar|autorizacao de trabalho|visto de trabalho",
    "workAuth.citizenship": "nacionalidade|cidadania",
    "eeo.race": "\\braca\\b|\\bcor\\b.{0,8}raca|etnia",
    "eeo.disability": "deficiencia|\\bpcd\\b",
    "compliance.over18": "maior de (idade|18)|18 anos",
    "consent.privacy": "politica de privacidade|protecao de dados|dados pessoais|lgpd|rgpd",
    "consent.marketing":
      "(futur|outr)[oa]s (vagas|oportunidades|processos)|newsletter|promocoes|receber (novidades|ofertas|informacoes|comunicacoes)",
    "consent.other": "aceito|concordo|termos (e condicoes|de uso)|consinto",
    "attestation.truth": "(declaro|certifico|confirmo).{0,60}(verdad|veridic|correta|exata)",
    "payment.other": "cartao",
    "account.password": "senha|palavra-passe",
  },
};
