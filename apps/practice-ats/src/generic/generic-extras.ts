import { html, type Html } from "../html.ts";
import type { SeededPosting } from "../postings/seeded-posting.ts";
import { genericLayout, sayIn } from "./generic-page.ts";

/** A button that sends an application at once, as one of three kinds of sites has it. */
export function easyApply(posting: SeededPosting, target: string): Html {
  const say = sayIn(posting);
  const kind = posting.seed % 3;
  if (kind === 0) {
    return html`<button type="button" id="easy-apply" data-target="${target}">
        ${say("easyApply")}
      </button>
      <script src="/practice/easy-apply.js"></script>`;
  }
  const words = kind === 1 ? posting.word("apply") : posting.word("submit");
  return html`<form method="post" enctype="multipart/form-data" action="${target}">
    <button type="submit">${words}</button>
  </form>`;
}

/** Forms that ask for something else; nobody who applies fills them. */
export function otherForms(
  posting: SeededPosting,
  address: (path: string) => string,
): readonly [above: Html, below: Html] {
  const say = sayIn(posting);
  const above = html`<form role="search" method="get" action="/jobs">
    <input type="text" name="q" placeholder="${say("search")}" aria-label="${say("search")}" />
    <button type="submit">${say("search")}</button>
  </form>`;
  const post = html`method="post" enctype="multipart/form-data"`;
  const below = html`<aside>
    <form ${post} action="${address("friend")}">
      <h2>${say("friend")}</h2>
      <label>${say("friendName")} <input type="text" name="friend_name" /></label>
      <label>${say("friendEmail")} <input type="email" name="friend_email" /></label>
      <button type="submit">${say("send")}</button>
    </form>
    <form class="newsletter" ${post} action="${address("newsletter")}">
      <label>${say("newsletter")} <input type="email" name="alerts" /></label>
      <button type="submit">${say("subscribe")}</button>
    </form>
  </aside>`;
  return [above, below];
}

export function consentPage(posting: SeededPosting, onward: string): Html {
  const say = sayIn(posting);
  return genericLayout(
    posting,
    html`<h1>${say("consentHeading")}</h1>
      <p>${say("consentText")}</p>
      <a class="button" role="button" href="${onward}">${say("accept")}</a>`,
  );
}

export function signInPage(posting: SeededPosting): Html {
  const say = sayIn(posting);
  return genericLayout(
    posting,
    html`<h1>${say("signIn")}</h1>
      <form method="post" enctype="multipart/form-data" action="account">
        <label>${posting.word("email")} <input type="email" name="user" /></label>
        <label>${say("password")} <input type="password" name="password" /></label>
        <button type="submit">${say("signInButton")}</button>
      </form>
      <a href="register">${say("register")}</a>`,
  );
}

export function registerPage(posting: SeededPosting): Html {
  const say = sayIn(posting);
  const { word } = posting;
  return genericLayout(
    posting,
    html`<h1>${say("register")}</h1>
      <form method="post" enctype="multipart/form-data" action="account">
        <label>${word("firstName")} <input type="text" name="first" /></label>
        <label>${word("lastName")} <input type="text" name="last" /></label>
        <label>${word("email")} <input type="email" name="user" /></label>
        <label>${say("password")} <input type="password" name="password" required /></label>
        <label>${say("passwordAgain")} <input type="password" name="again" required /></label>
        <button type="submit">${say("registerButton")}</button>
      </form>`,
  );
}

/** The employer's page around a form that stands elsewhere. */
export function framedPage(posting: SeededPosting, address: string): Html {
  return genericLayout(
    posting,
    html`<h1>${posting.title}</h1>
      <iframe title="${posting.word("apply")}" src="${address}"></iframe>`,
  );
}
