import type { PageKit } from "../page-script/page-kit.ts";
import { pageScript } from "../page-script/page-script.ts";

/** A frame, widget, token or answer field as it stands in one document. */
export interface EvidenceElement {
  readonly where: string;
  /** Lower case. */
  readonly tag: string;
  /** Address of a frame or image; empty otherwise. */
  readonly src: string;
  /** The markers it matched: its class, id and element name in lower case. */
  readonly marks: string;
  /** Neither it nor anything around it is hidden. */
  readonly shown: boolean;
  readonly width: number;
  readonly height: number;
  /** Inside the corner badge of reCAPTCHA. */
  readonly inBadge: boolean;
  /** Says of itself that it is invisible. */
  readonly invisible: boolean;
  /** Has a site key. */
  readonly keyed: boolean;
  /** For tokens: holds a value. */
  readonly filled: boolean;
}

/** A call that draws a widget from a script of the page. */
export interface RenderCall {
  readonly api: "grecaptcha" | "hcaptcha" | "turnstile";
  readonly where: string;
  readonly shown: boolean;
  readonly invisible: boolean;
}

export interface CaptchaEvidence {
  readonly url: string;
  readonly title: string;
  readonly textLength: number;
  readonly frames: readonly EvidenceElement[];
  readonly widgets: readonly EvidenceElement[];
  readonly tokens: readonly EvidenceElement[];
  /** Fields that ask for letters from an image or for the result of a sum. */
  readonly answers: readonly EvidenceElement[];
  readonly scripts: readonly string[];
  readonly renders: readonly RenderCall[];
  /** Signs that the whole page is a challenge. */
  readonly pageSigns: readonly string[];
}

/** Everything in one document that has to do with captchas; nothing is judged here. Changes nothing. */
export const captchaEvidence = pageScript<null, CaptchaEvidence>(
  (kit) => ({
    url: location.href,
    title: document.title,
    textLength: (document.body?.innerText ?? "").length,
    frames: kit.deepQuery(document, "iframe").map((frame) => evidenceOf(kit, frame)),
    widgets: kit.deepQuery(document, widgetSelector()).map((widget) => evidenceOf(kit, widget)),
    tokens: kit.deepQuery(document, tokenSelector()).map((token) => evidenceOf(kit, token)),
    answers: kit
      .deepQuery(document, "input")
      .filter((input) => isAnswerField(kit, input))
      .map((input) => evidenceOf(kit, input)),
    scripts: [...document.querySelectorAll("script[src]")]
      .map((script) => script.getAttribute("src") ?? "")
      .filter((src) => /captcha|challenge|turnstile|arkose|akam\//iu.test(src)),
    renders: renderCalls(kit),
    pageSigns: pageSigns(),
  }),
  [
    widgetSelector,
    tokenSelector,
    evidenceOf,
    isAnswerField,
    asksToCopy,
    boxAround,
    holdsDrawnImage,
    renderCalls,
    pageSigns,
  ],
);

function widgetSelector(): string {
  return [
    ".g-recaptcha, .grecaptcha-badge",
    ".h-captcha, [data-hcaptcha-sitekey], h-captcha",
    ".cf-turnstile",
    "#FunCaptcha, .funcaptcha, [data-pkey]",
    "#px-captcha",
    "altcha-widget",
    ".frc-captcha, frc-captcha",
    ".mtcaptcha",
    "[class^=geetest_], [class*=' geetest_']",
    ".smart-captcha",
    "awswaf-captcha, #captcha-container.awswaf",
  ].join(", ");
}

function tokenSelector(): string {
  const names = [
    "g-recaptcha-response",
    "h-captcha-response",
    "cf-turnstile-response",
    "fc-token",
    "recaptcha_challenge_field",
    "recaptcha_response_field",
  ];
  return `${names.map((name) => `[name="${name}"]`).join(", ")}, #FunCaptcha-Token`;
}

function evidenceOf(kit: PageKit, element: Element): EvidenceElement {
  const box = element.getBoundingClientRect();
  const isField = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
  // A token field is hidden by design; whether the widget is seen is said by the box it lies in.
  const seen =
    isField && element.name !== "" && element.matches(tokenSelector())
      ? (element.parentElement ?? element)
      : element;
  const selector = kit.selectorOf(element);
  return {
    where: typeof selector === "string" ? selector : selector.join(" >>> "),
    tag: element.tagName.toLowerCase(),
    src: element.getAttribute("src") ?? "",
    marks:
      `${element.tagName} ${element.getAttribute("class") ?? ""} #${element.id} ${element.getAttribute("name") ?? ""} ${element.getAttribute("type") ?? ""}`.toLowerCase(),
    shown: seen.checkVisibility({ visibilityProperty: true }) && !kit.isOutsidePage(box),
    width: box.width,
    height: box.height,
    inBadge: element.closest(".grecaptcha-badge") !== null,
    invisible: element.getAttribute("data-size") === "invisible",
    keyed: element.hasAttribute("data-sitekey") || element.hasAttribute("data-hcaptcha-sitekey"),
    filled: isField && element.value.trim() !== "",
  };
}

/** A visible text field that is named as a captcha, or stands beside a drawn image or a sum and asks for it. */
function isAnswerField(kit: PageKit, input: Element): boolean {
  if (!(input instanceof HTMLInputElement)) return false;
  if (!["text", "tel", "number", "search"].includes(input.type)) return false;
  if (input.matches("[name^=recaptcha_]")) return false;
  const keys = [...input.attributes]
    .filter(({ name }) => /^(name|id|placeholder|title|aria-label|ng-model|v-model)$/u.test(name))
    .map(({ value }) => value)
    .join(" ");
  if (/captcha|cptch/iu.test(keys.replace(/recaptcha/giu, ""))) return true;
  if (!kit.isShown(input)) return false;
  const words =
    `${kit.labelOf([input])} ${input.placeholder} ${input.title} ${kit.precedingText(input).slice(-120)}`.slice(
      0,
      400,
    );
  // The digits on the back of a bank card are a code beside a picture too.
  if (/\b(card|cvv|cvc|cvn|csc)\b/iu.test(`${words} ${keys.replace(/([a-z])([A-Z])/gu, "$1 $2")}`))
    return false;
  if (asksToCopy(words)) return true;
  const box = boxAround(input);
  const around = kit.textOf(box).slice(0, 400);
  const isShort = input.maxLength > 0 ? input.maxLength <= 5 : input.size > 0 && input.size <= 5;
  const whole = (box.textContent ?? "").replace(/\s+/gu, " ");
  if (isShort && /(^|\s)\d{1,3}\s*[+×x*−-]\s*(\d{0,3}\s*)=\s*\d*/iu.test(whole)) return true;
  if (!holdsDrawnImage(box)) return false;
  const keyed =
    /(sec(urity)?|verif\w*|random|imag\w*|img|secret|valid\w*|control|check)[-_ ]?(code|word|text|key|num\w*|string)|anti[-_]?(spam|bot)/iu;
  const named =
    /\b(code|characters?|letters?|digits?|symbols|word|text|zeichen|buchstaben|caract[eè]res|lettres|c[oó]digo|caracteres|letras|codice|caratteri|tekens|znaki|kod)\b|код|текст|символ|букв|цифр/iu;
  // Cyrillic or accented words in a wrong encoding: only the picture can be read.
  const garbled = /(?:[РСÐÑÃ][^\sA-Za-z0-9]\s?){3}/u;
  const said = `${words} ${around}`;
  return keyed.test(keys) || named.test(said) || garbled.test(said);
}

/** "Type the characters you see in the picture", in several languages. */
function asksToCopy(words: string): boolean {
  const what =
    "characters?|letters?|code|text|numbers?|digits?|words?|symbols?|zeichen|buchstaben|ziffern|caract[eè]res|lettres|chiffres|texte|caracteres|letras|c[oó]digo|texto|n[uú]meros|codice|caratteri|lettere|testo|tekens|letters|cijfers|znaki|litery|kod|tekst";
  const from =
    "(in|on|from|of|im|aus|dans|sur|de|del|da|nell\\w*|z|na|uit|in) (the |this |dem |der |diesem |l['’]|la |una |na |a |het |de |obraz\\w*)*(image|picture|graphic|bild|grafik|imagen|imagem|immagine|afbeelding|plaatje|obrazk\\w*)";
  const where = `(shown|displayed|you see|seen|that appear)?.{0,20}(above|below|${from})`;
  return (
    new RegExp(
      `\\b(${what})\\b.{0,30}(shown|displayed|you see|seen|appear|in the|on the|${from}).{0,20}(above|below|image|picture|${from})`,
      "iu",
    ).test(words) ||
    new RegExp(
      `\\b(enter|type|copy|repeat) the (code|word|characters|letters|text) ${where}`,
      "iu",
    ).test(words) ||
    /(код|текст|символ|букв|цифр)\S*.{0,30}(картинк|изображени|рисунк)/iu.test(words) ||
    /\b(captcha|anti-?spam|are you (a )?(human|robot)|what is \d+\s*[+×x*−-]\s*\d+)/iu.test(words)
  );
}

/** The largest box around a field that holds no other field to type into. */
function boxAround(input: Element): Element {
  const typed =
    "input:not([type=hidden], [type=submit], [type=button], [type=image]), select, textarea";
  let box = input;
  for (let depth = 0; depth < 4; depth += 1) {
    const outer = box.parentElement;
    if (outer === null || outer.matches("form, body, main")) break;
    if (outer.querySelectorAll(typed).length > 1) break;
    box = outer;
  }
  return box;
}

/** An image that a program draws anew each time: its address names no picture file, or carries a query. */
function holdsDrawnImage(box: Element): boolean {
  return [...box.querySelectorAll("img")].some((image) => {
    const src = image.getAttribute("src") ?? "";
    if (src === "" || src.startsWith("data:image/svg")) return false;
    const isPictureFile = /\.(png|jpe?g|gif|svg|webp|ico)$/iu.test(src.replace(/[?#].*$/u, ""));
    return !isPictureFile || /captcha|sec(urity)?[-_]?code|verif/iu.test(src);
  });
}

/** Widgets drawn by a script in the page itself, read from its text: the target may still be empty. */
function renderCalls(kit: PageKit): RenderCall[] {
  const calls: RenderCall[] = [];
  const pattern =
    /\b(grecaptcha|hcaptcha|turnstile)(?:\.enterprise)?\.render\(\s*(?:document\.getElementById\(\s*)?(?:"([^"]+)"|'([^']+)'|[\w.$]+)[\s)]*,?([^;]{0,400})/gu;
  for (const script of document.querySelectorAll("script:not([src])")) {
    for (const [, api, double, single, rest = ""] of (script.textContent ?? "").matchAll(pattern)) {
      const name = (double ?? single ?? "").replace(/^#/u, "");
      const target = name === "" ? null : document.getElementById(name);
      if (target === null || (api !== "grecaptcha" && api !== "hcaptcha" && api !== "turnstile")) {
        continue;
      }
      const selector = kit.selectorOf(target);
      calls.push({
        api,
        where: typeof selector === "string" ? selector : selector.join(" >>> "),
        shown: target.checkVisibility({ visibilityProperty: true }),
        invisible:
          /size["']?\s*:\s*["']invisible/u.test(rest) || target.matches("button, [type=submit]"),
      });
    }
  }
  return calls;
}

function pageSigns(): string[] {
  const signs: string[] = [];
  const scripts = [...document.scripts].map((script) => script.textContent ?? "");
  if (/^just a moment|attention required.*cloudflare/iu.test(document.title))
    signs.push("cf-title");
  const stage = document.querySelector(
    "#challenge-running, #challenge-stage, #challenge-form, #cf-challenge-running, [id^=cf-chl-widget]",
  );
  if (stage !== null) signs.push("cf-stage");
  if (scripts.some((text) => /_cf_chl_opt\s*=/u.test(text))) signs.push("cf-options");
  const datadome = scripts.find((text) => /\bvar dd\s*=\s*\{/u.test(text));
  if (datadome !== undefined) {
    signs.push(/['"]t['"]\s*:\s*['"]bv['"]/u.test(datadome) ? "dd-block" : "dd-page");
  }
  const words = (document.body?.innerText ?? "").slice(0, 2000);
  if (/^access denied/imu.test(words) && /reference\s*#?\s*[\da-f]+\.[\da-f.]+/iu.test(words)) {
    signs.push("akamai-denied");
  }
  return signs;
}
