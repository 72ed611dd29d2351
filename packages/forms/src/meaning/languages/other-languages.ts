import type { LanguageTerms } from "./language-terms.ts";

/** The plain identity words of further languages; more than these is not promised for them. */
export const otherLanguages: LanguageTerms = {
  is: {
    "name.first":
      "krestni jmeno|fornamn|fornavn|keresztnev|utonev|nume mic|prenume|etunimi|ad|adi|vardas|eesnimi|名|名前 ?名|이름|名字",
    "name.middle": "отчество|по батькові|mellannamn|mellomnavn|mellemnavn",
    "name.last":
      "фамилия|прізвище|prijmeni|efternamn|etternavn|efternavn|vezeteknev|csaladnev|sukunimi|soyad|soyadi|prezime|nume de familie|pavarde|perekonnanimi|姓|성|氏",
    "name.full":
      "имя|ім'я|jmeno|ime|фио|ф\\.?и\\.?о\\.?|имя (и|,) фамилия|фамилия,? (и )?имя.*|jmeno a prijmeni|(hela )?namnet?|navn|nev(ed)?|teljes nev|nimi|ad soyad|adi soyadi|nume si prenume|nume|ime i prezime|ime|お?名前|氏名|姓名|성명|이름",
    email:
      "(адрес )?(электронной почты|эл\\.? ?почты|e-?mail|емейл|имейл|мейл)( адрес)?|e-?mail адрес|электронная почта|почта|email-?cim|e-?postadress|e-?post(a|adresse|adresi)?|e-?mail(ova)? ?(adresa|adresse|cim|cime)?|mailadresse|mailova adresa|sahkoposti(osoite)?|メール(アドレス)?|eメール(アドレス)?|电子邮箱|邮箱|電子郵件|이메일( 주소)?|emailova adresa|el\\.? pastas",
    "email.confirm": "メールアドレス.{0,4}確認.*|подтвер.{0,20}e-?mail.*",
    phone:
      "(номер )?(телефон|телефона|мобильный|мобильный телефон|тел)( ?номер)?|контактный телефон|telefon(ni cislo|nummer|szam|i|u|nr)?|telefonszam|mobil(nummer|telefon|ni telefon)?|tlf(nr)?|puhelin(numero)?|cep telefonu|電話(番号)?|携帯(電話)?(番号)?|电话(号码)?|手机(号码?)?|手機|전화(번호)?|휴대폰( ?번호)?",
    "address.line1":
      "адрес( доставки| проживания)?|улица|adresa|ulice( a cislo( popisne)?)?|(gatu)?adress(en)?|gate(adresse)?|vej|cim|utca.{0,12}|adres|osoite|住所|地址|주소|番地",
    "address.city":
      "город|місто|mesto|obec|stad|postort|(post)?sted|by|varos|sehir|kaupunki|oras|grad|市区町村|城市|도시",
    "address.region": "область|регион|край|kraj|lan|fylke|megye|judet|都道府県|省|省份|州",
    "address.postalCode":
      "(почтовый )?индекс|psc|postnummer|postnr|iranyitoszam|cod postal|posta kodu|postinumero|郵便番号|邮编|邮政编码|우편번호",
    "address.country": "страна|країна|zeme|stat|land|orszag|tara|ulke|maa|drzava|国|国家|국가",
    birthdate:
      "дата рождения|datum narozeni|fodelsedatum|fodselsdato|fodselsdag|szuletesi (datum|ido)|data nasterii|dogum tarihi|syntymaaika|生年月日|出生日期|생년월일|день рождения",
    "eeo.gender": "пол|pohlavi|kjonn|kon|nem|cinsiyet|性別|性别|성별",
    "work.company": "компания|firma|foretag|会社名|公司(名称)?",
    "account.username":
      "логин|имя пользователя|uzivatelske jmeno|prezdivka|anvandarnamn|brugernavn|brukernavn|felhasznalonev|ユーザー名|用户名",
    search: "поиск|найти|hledat|vyhledat|sok|sog|kereses|検索|搜索",
  },
  has: {
    "account.password": "пароль|heslo|losenord|passord|adgangskode|jelszo|sifre|パスワード|密码",
    "consent.privacy": "персональных данных|osobnich udaju|personuppgifter|personvern|個人情報",
    "consent.other": "souhlasim|согласен|jag godkanner",
  },
};
